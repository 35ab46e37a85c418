output "flow" {
  description = "The flow and its revision; start it in Kestra's own pages."
  value       = "${module.load_orders.id}, revision ${module.load_orders.revision}"
}
