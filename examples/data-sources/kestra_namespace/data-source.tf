data "kestra_namespace" "team" {
  namespace_id = "company.team"
}

output "description" {
  description = "What the namespace is for."
  value       = data.kestra_namespace.team.description
}
