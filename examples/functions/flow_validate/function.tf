locals {
  source = <<-YAML
    id: hello
    namespace: company.team
    tasks:
      - id: greet
        type: io.kestra.plugin.core.log.Log
        message: Hello
      - id: greet
        type: io.kestra.plugin.core.log.Log
        message: Hello again
  YAML
}

output "problems" {
  value = [
    for problem in provider::kestra::flow_validate(local.source, "1.3") :
    "${problem.line}:${problem.column} ${problem.message}"
  ]
}
