resource "kestra_flow" "setup" {
  content = <<-YAML
    id: setup
    namespace: company.team
    inputs:
      - id: table
        type: STRING
    tasks:
      - id: create
        type: io.kestra.plugin.core.log.Log
        message: Creating {{ inputs.table }}
  YAML
}

# Executed once for each revision of the flow. Without `wait = false`, `state` and `outputs` are those of its end.
resource "kestra_execution" "setup" {
  namespace = kestra_flow.setup.namespace
  flow_id   = kestra_flow.setup.flow_id
  revision  = kestra_flow.setup.revision
  inputs    = { table = "orders" }
  wait      = false
}
