# Where Kestra is, and who we are there, comes from the environment: KESTRA_URL, KESTRA_USERNAME and KESTRA_PASSWORD.
provider "kestra" {}

# A flow is a YAML file, and each of them is deployed. Kestra takes a flow before those that it calls, so the order is free.
resource "kestra_flow" "this" {
  for_each = fileset("${path.module}/../flows", "*.yaml")

  content = file("${path.module}/../flows/${each.value}")
}

resource "kestra_kv" "this" {
  for_each = {
    orders_url = "https://dummyjson.com/carts"
    shop       = "the shop"
  }

  namespace = "company.sales"
  key       = each.key
  type      = "STRING"
  value     = each.value
}
