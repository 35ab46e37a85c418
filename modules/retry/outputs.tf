output "retry" {
  description = "The retry as Kestra writes it, for the property `retry` of a task or flow. Null when there is none."
  value       = local._retry
}
