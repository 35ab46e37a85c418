locals {
  flow = provider::kestra::flow_decode(<<-YAML
    id: hello
    namespace: company.team
    disabled: no
    tasks:
      - id: greet
        type: io.kestra.plugin.core.log.Log
        message: Hello
  YAML
  )
}

output "tasks" {
  value = local.flow.tasks[*].id
}

# YAML 1.1, as Kestra reads it: `no` is false.
output "disabled" {
  value = local.flow.disabled
}
