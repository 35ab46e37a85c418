output "flows" {
  description = "The flows and the revisions that are deployed."
  value       = { for flow in kestra_flow.this : flow.id => flow.revision }
}
