# A flow out of parts: its tasks are values, so the query comes from a file of its own, with every character it has.
module "top_customers" {
  source = "../../modules/flow"

  id          = "top-customers"
  namespace   = "company.analytics"
  description = "Asks the warehouse for the best customers and tells Slack how many there are."
  labels      = { owner = "analytics" }

  tasks = [
    jsonencode({
      id        = "query"
      type      = "io.kestra.plugin.core.flow.Subflow"
      namespace = module.subflows.contracts["postgres-query"].namespace
      flowId    = module.subflows.contracts["postgres-query"].flow_id
      inputs = {
        host            = "{{ kv('warehouse_host') }}"
        database        = "shop"
        username        = "reports"
        password_secret = "WAREHOUSE_PASSWORD"
        sql             = file("${path.module}/queries/top-customers.sql")
      }
    }),
    jsonencode({
      id        = "tell"
      type      = "io.kestra.plugin.core.flow.Subflow"
      namespace = module.subflows.contracts["slack-notify"].namespace
      flowId    = module.subflows.contracts["slack-notify"].flow_id
      inputs    = { message = "{{ outputs.query.outputs.size }} top customers this week." }
    }),
  ]

  triggers = [module.mondays.trigger]
}

module "mondays" {
  source = "../../modules/trigger-schedule"

  id       = "mondays"
  cron     = "30 7 * * MON"
  timezone = "Europe/Berlin"
}
