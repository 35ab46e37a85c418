output "flows" {
  description = "The flows of this project and the revisions that are deployed."
  value = {
    for flow in [
      module.alert, module.count_orders, module.crm, module.deploy, module.full_refresh, module.late_orders, module.orders_to_warehouse,
      module.revenue, module.tools,
    ] : flow.id => flow.revision
  }
}

output "secrets" {
  description = "The secrets of the teams that have to be set in Kestra before their flows run, beside those of Slack and Git."
  value       = { for team in [module.analytics, module.sales] : team.namespace => keys(team.secrets) }
}
