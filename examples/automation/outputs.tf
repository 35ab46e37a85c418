output "flows" {
  description = "The flows of this project and the revisions that are deployed."
  value       = { for flow in concat([module.alert, module.large_order, module.new_signup, module.sync], values(module.ping)) : flow.id => flow.revision }
}

output "ping_times" {
  description = "When each shop is asked."
  value       = { for shop, flow in module.ping : shop => flow.cron }
}

output "secrets" {
  description = "The secrets that have to be set in Kestra before a flow runs, beside those of Slack."
  value       = keys(module.automation.secrets)
}
