output "flows" {
  description = "The flows of this project and the revisions that are deployed."
  value       = { for flow in [module.orders, module.partners, module.products, module.ratings] : flow.id => flow.revision }
}

output "secrets" {
  description = "The secrets that have to be set in Kestra before a flow runs, beside that of Slack."
  value       = keys(module.etl.secrets)
}
