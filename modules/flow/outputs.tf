output "content" {
  description = "The flow as YAML, as it is deployed."
  value       = kestra_flow.this.content
}

output "flow_id" {
  description = "Id of the flow within its namespace, for `Subflow` tasks and flow triggers of other flows."
  value       = kestra_flow.this.flow_id
}

output "id" {
  description = "`namespace/flow_id`, as `terraform import` takes it."
  value       = kestra_flow.this.id
}

output "namespace" {
  description = "Namespace of the flow."
  value       = kestra_flow.this.namespace
}

output "revision" {
  description = "Revision that Kestra gave to this content."
  value       = kestra_flow.this.revision
}
