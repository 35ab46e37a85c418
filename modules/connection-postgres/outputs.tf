output "properties" {
  description = "Properties of a task or trigger of PostgreSQL."
  value       = local._properties
}
