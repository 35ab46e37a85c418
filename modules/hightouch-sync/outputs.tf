output "content" {
  description = "The flow as YAML, as it is deployed."
  value       = module.flow.content
}

output "flow_id" {
  description = "Id of the flow within its namespace, for `Subflow` tasks and flow triggers of other flows."
  value       = module.flow.flow_id
}

output "id" {
  description = "`namespace/flow_id`, as `terraform import` takes it."
  value       = module.flow.id
}

output "namespace" {
  description = "Namespace of the flow."
  value       = module.flow.namespace
}

output "revision" {
  description = "Revision that Kestra gave to this content."
  value       = module.flow.revision
}
