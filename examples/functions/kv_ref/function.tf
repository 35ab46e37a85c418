output "own" {
  value = provider::kestra::kv_ref("limit", null)
}

output "shared" {
  value = provider::kestra::kv_ref("limit", "company.shared")
}
