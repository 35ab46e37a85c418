data "kestra_kv" "limits" {
  namespace = "company.team"
  key       = "limits"
}

output "rows" {
  description = "How many rows one run may read."
  value       = jsondecode(data.kestra_kv.limits.value).rows
  sensitive   = true
}
