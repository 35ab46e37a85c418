output "properties" {
  description = "Properties of a trigger: `conditions` for 1.3, `when` for 2.0, the other one null. `provider::kestra::trigger` leaves out what is null."
  value       = local._properties
}
