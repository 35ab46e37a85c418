# The copy of a flow that a pull request tries out; it calls the copies of the subflows.
output "flow" {
  value = provider::kestra::flow_relocate(<<-YAML
    id: orders
    namespace: company.sales
    tasks:
      - id: notify
        type: io.kestra.plugin.core.flow.Subflow
        namespace: company.shared # the subflows of all teams
        flowId: notify
        inputs:
          message: "{{ kv('greeting', 'company.sales') }}"
  YAML
    , { company = "pr-42.company" }
  )
}
