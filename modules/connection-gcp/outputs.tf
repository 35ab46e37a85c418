output "properties" {
  description = "Properties of a task or trigger of Google Cloud. `provider::kestra::task` leaves out what is null."
  value       = local._properties
}
