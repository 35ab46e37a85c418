# Where Kestra is, and who we are there, comes from the environment: KESTRA_URL, KESTRA_USERNAME and KESTRA_PASSWORD.
provider "kestra" {}

resource "kestra_flow" "orders_report" {
  content = file("${path.module}/flows/orders-report.yaml")
}

output "flow" {
  description = "The flow and its revision."
  value       = "${kestra_flow.orders_report.id}, revision ${kestra_flow.orders_report.revision}"
}
