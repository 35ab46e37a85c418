output "properties" {
  description = "Properties of a task of Git. `provider::kestra::task` leaves out what is null."
  value       = local._properties
}
