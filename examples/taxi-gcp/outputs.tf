output "flows" {
  description = "The flows of this project and the revisions that are deployed."
  value       = { for flow in concat([module.count, module.setup], values(module.load), values(module.scheduled)) : flow.id => flow.revision }
}

output "secrets" {
  description = "The secrets that have to be set in Kestra before a flow runs."
  value       = keys(module.taxi.secrets)
}
