output "diagram" {
  value = provider::kestra::flow_graph(<<-YAML
    id: hello
    namespace: company.team
    tasks:
      - id: greet
        type: io.kestra.plugin.core.log.Log
        message: Hello
  YAML
  , "mermaid")
}
