resource "kestra_flow" "hello" {
  content = <<-EOT
    id: hello
    namespace: company.team

    tasks:
      - id: greet
        type: io.kestra.plugin.core.log.Log
        message: Hello from {{ flow.id }}
  EOT
}
