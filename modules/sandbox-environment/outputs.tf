output "contents" {
  description = "The flows of the copy as YAML, as they are deployed, by the keys of `sources`."
  value       = { for key, flow in kestra_flow.this : key => flow.content }
}

output "flows" {
  description = "The flows of the copy as `namespace/flow_id`, by the keys of `sources`."
  value       = { for key, flow in kestra_flow.this : key => flow.id }
}

output "namespace" {
  description = "Namespace of the copy."
  value       = local._target
}
