# A flow out of parts: its tasks are values, so the query comes from a file of its own, with every character it has.
module "top_customers" {
  source = "../../modules/flow"

  id          = "top-customers"
  namespace   = "company.analytics"
  description = "Asks the warehouse for the best customers and tells Slack how many there are."
  labels      = { owner = "analytics" }

  tasks = [
    provider::kestra::subflow_task("query", module.subflows.contracts["postgres-query"], {
      host            = provider::kestra::kv_ref("warehouse_host", null)
      database        = "shop"
      username        = "reports"
      password_secret = "WAREHOUSE_PASSWORD"
      sql             = file("${path.module}/queries/top-customers.sql")
    }, {}),
    provider::kestra::subflow_task("tell", module.subflows.contracts["slack-notify"], {
      message = "{{ outputs.query.outputs.size }} top customers this week."
    }, {}),
  ]

  triggers = [module.mondays.trigger]
}

module "mondays" {
  source = "../../modules/trigger-schedule"

  id       = "mondays"
  cron     = "30 7 * * MON"
  timezone = "Europe/Berlin"
}
