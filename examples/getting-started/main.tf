# Where Kestra is, and who we are there, comes from the environment: KESTRA_URL, KESTRA_USERNAME and KESTRA_PASSWORD.
provider "kestra" {}

resource "kestra_flow" "product_ratings" {
  content = file("${path.module}/flows/product-ratings.yaml")
}

output "flow" {
  description = "The flow and its revision; start it in Kestra's own pages."
  value       = "${kestra_flow.product_ratings.id}, revision ${kestra_flow.product_ratings.revision}"
}
