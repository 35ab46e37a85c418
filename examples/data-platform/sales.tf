# The sales team: its CRM into the warehouse every hour, and a report on Mondays.
module "sales" {
  source = "../../modules/namespace"

  namespace = "company.sales"
  kv = {
    airbyte_url    = { value = "https://airbyte.example.com", description = "Address of Airbyte's API." }
    warehouse_host = { value = "warehouse.example.com", description = "The PostgreSQL server of the sales team." }
  }
  secrets = ["AIRBYTE_TOKEN", "WAREHOUSE_PASSWORD"]
}

module "crm" {
  source = "../../modules/airbyte-sync"

  id        = "sync-crm"
  namespace = module.sales.namespace
  airbyte   = { connections = { crm = "9d3f0a3c-56ce-4b07-8a59-5b1d9f0a7c11" }, secrets = { token = "AIRBYTE_TOKEN" } }
  alert     = local.alerts.sales
  triggers  = [module.hourly.trigger]
}

# The query comes from a file of its own, with every character it has.
module "late_orders" {
  source = "../../modules/postgres-query"

  id         = "late-orders"
  namespace  = module.sales.namespace
  connection = { host = module.sales.kv["warehouse_host"], database = "shop", username = "reports", password_secret = "WAREHOUSE_PASSWORD" }
  query      = { sql = file("${path.module}/queries/late-orders.sql") }
  parameters = { days = "3" }
  alert      = local.alerts.sales
  tasks = [
    provider::kestra::subflow_task("tell", module.subflows.contracts["slack-notify"], {
      message        = "{{ outputs.query.size }} orders are late."
      webhook_secret = "SLACK_SALES"
    }, {}),
  ]
  triggers = [module.mondays.trigger]
}

# A query that a shared subflow runs: its contract says what it takes, and what comes back.
module "count_orders" {
  source = "../../modules/flow"

  id        = "count-orders"
  namespace = module.sales.namespace
  tasks = [
    provider::kestra::subflow_task("count", module.subflows.contracts["postgres-query"], {
      host            = module.sales.kv["warehouse_host"]
      database        = "shop"
      username        = "reports"
      password_secret = "WAREHOUSE_PASSWORD"
      sql             = "SELECT count(*) AS orders FROM orders"
    }, {}),
  ]
}

module "hourly" {
  source = "../../modules/trigger-schedule"

  id   = "hourly"
  cron = "12 * * * *"
}

module "mondays" {
  source = "../../modules/trigger-schedule"

  id       = "mondays"
  cron     = "0 7 * * MON"
  timezone = "Europe/Berlin"
}
