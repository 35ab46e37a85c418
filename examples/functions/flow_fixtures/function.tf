# The flow to test: nothing is downloaded, and the report is as if there were two orders.
output "flow" {
  value = provider::kestra::flow_fixtures(<<-YAML
    id: orders
    namespace: company.sales
    tasks:
      - id: download
        type: io.kestra.plugin.core.http.Request
        uri: https://example.com/orders.json
        timeout: PT1M
      - id: report
        type: io.kestra.plugin.core.log.Log
        message: "{{ outputs.download.body | length }} orders"
    triggers:
      - id: every_morning
        type: io.kestra.plugin.core.trigger.Schedule
        cron: 0 6 * * *
  YAML
    , { download = jsonencode({ outputs = { code = 200, body = ["a", "b"] } }) }
  )
}
