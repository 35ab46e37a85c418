output "properties" {
  description = "Properties of a task of Amazon Web Services. `provider::kestra::task` leaves out what is null."
  value       = local._properties
}
