# The same server as the live flows have: copies live in namespaces of their own.
provider "kestra" {}

module "copy" {
  source = "../../../modules/sandbox-environment"

  name      = var.name
  namespace = "company.sales"
  expires   = var.expires
  sources   = { for file in fileset("${path.module}/../flows", "*.yaml") : file => file("${path.module}/../flows/${file}") }

  # What the copy reads instead of what the live flows read.
  kv_overrides = {
    "company.sales" = {
      orders_url = { value = "https://dummyjson.com/carts" }
      shop       = { value = "a shop to try things in" }
    }
  }
}
