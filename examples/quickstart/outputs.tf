output "flows" {
  description = "The flows of this project and the revisions that are deployed."
  value = {
    (kestra_flow.daily_orders.id)   = kestra_flow.daily_orders.revision
    (module.orders_to_warehouse.id) = module.orders_to_warehouse.revision
    (module.top_customers.id)       = module.top_customers.revision
  }
}

output "subflows" {
  description = "The subflows that other projects may call, with their inputs and outputs."
  value       = module.subflows.contracts
}
