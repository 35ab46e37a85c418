# The analytics team: the shop's data into the warehouse, and what is built on it.
module "analytics" {
  source = "../../modules/namespace"

  namespace  = "company.analytics"
  files_path = "${path.module}/files"
  kv = {
    airbyte_url = { value = "https://airbyte.example.com", description = "Address of Airbyte's API." }
  }
  secrets = ["AIRBYTE_CLIENT_ID", "AIRBYTE_CLIENT_SECRET", "GCP_SERVICE_ACCOUNT"]
}

# Airbyte copies orders and customers, dbt builds the tables, and waits when BigQuery has no slots left.
module "orders_to_warehouse" {
  source = "../../modules/airbyte-then-dbt"

  id        = "orders-to-warehouse"
  namespace = module.analytics.namespace
  airbyte = {
    connections = {
      customers = "3e1f6d2b-62a9-4c1c-9a7f-0a4c8dbb9a10"
      orders    = "e3b1ce92-547c-436f-b1e8-23b6936c12cd"
    }
    secrets = { client_id = "AIRBYTE_CLIENT_ID", client_secret = "AIRBYTE_CLIENT_SECRET" }
  }
  dbt      = { container_image = "ghcr.io/kestra-io/dbt-bigquery:latest", secrets = { GCP_KEY = "GCP_SERVICE_ACCOUNT" } }
  alert    = local.alerts.analytics
  triggers = [module.every_morning.trigger]
}

# On Sundays everything is built anew, not only what has changed.
module "full_refresh" {
  source = "../../modules/dbt-run"

  id        = "full-refresh"
  namespace = module.analytics.namespace
  dbt = {
    commands        = ["dbt deps", "dbt build --full-refresh"]
    container_image = "ghcr.io/kestra-io/dbt-bigquery:latest"
    secrets         = { GCP_KEY = "GCP_SERVICE_ACCOUNT" }
  }
  alert    = local.alerts.analytics
  retry    = {}
  triggers = [module.sundays.trigger]
}

# The numbers of the day, once the tables are there.
module "revenue" {
  source = "../../modules/bigquery-query"

  id          = "revenue-by-region"
  namespace   = module.analytics.namespace
  gcp         = { project_id = "company-data", location = "EU", service_account_secret = "GCP_SERVICE_ACCOUNT" }
  query       = { sql = file("${path.module}/queries/revenue-by-region.sql"), fetch_type = "NONE" }
  destination = { table = "marts.revenue_by_region" }
  alert       = local.alerts.analytics
  retry       = {}
  triggers    = [module.after_orders.trigger]
}

module "every_morning" {
  source = "../../modules/trigger-schedule"

  id       = "every-morning"
  cron     = "0 5 * * *"
  timezone = "Europe/Berlin"
}

module "sundays" {
  source = "../../modules/trigger-schedule"

  id       = "sundays"
  cron     = "0 1 * * SUN"
  timezone = "Europe/Berlin"
}

module "after_orders" {
  source = "../../modules/trigger-flow"

  id             = "after-orders"
  flows          = [{ namespace = module.orders_to_warehouse.namespace, flow_id = module.orders_to_warehouse.flow_id }]
  kestra_version = local.version
}
