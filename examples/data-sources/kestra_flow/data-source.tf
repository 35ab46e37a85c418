data "kestra_flow" "hello" {
  namespace = "company.team"
  flow_id   = "hello"
}

output "hello" {
  description = "The flow as it was written."
  value       = data.kestra_flow.hello.content
}
