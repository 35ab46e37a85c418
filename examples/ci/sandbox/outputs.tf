output "flows" {
  description = "The flows of the copy."
  value       = values(module.copy.flows)
}

output "namespace" {
  description = "Where in Kestra the copy is."
  value       = module.copy.namespace
}
