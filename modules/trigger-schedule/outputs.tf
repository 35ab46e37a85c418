output "trigger" {
  description = "The trigger as a JSON document, for the input `triggers` of the module `flow` and of use-case modules."
  value       = local._trigger
}
