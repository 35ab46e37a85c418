# Airbyte copies the orders, dbt builds the tables, Hightouch gives them to the CRM; Slack hears of it when one fails.
# An analyst writes this and no YAML. Passwords stay in Kestra: only the names of its secrets stand here.
module "orders_to_warehouse" {
  source = "../../modules/airbyte-then-dbt"

  id        = "orders-to-warehouse"
  namespace = "company.analytics"
  airbyte = {
    connections = { orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" }
    secrets     = { client_id = "AIRBYTE_CLIENT_ID", client_secret = "AIRBYTE_CLIENT_SECRET" }
  }
  dbt = {
    container_image = "ghcr.io/kestra-io/dbt-postgres:latest"
    env             = { WAREHOUSE_HOST = "{{ kv('warehouse_host') }}" }
    secrets         = { WAREHOUSE_PASSWORD = "WAREHOUSE_PASSWORD" }
  }
  hightouch = { syncs = { crm = 1127166 } }
  alert     = { subflow = module.subflows.contracts["slack-notify"] }
  triggers  = [module.every_morning.trigger]
}

module "every_morning" {
  source = "../../modules/trigger-schedule"

  id       = "every-morning"
  cron     = "0 5 * * *"
  timezone = "Europe/Berlin"
}

# The dbt project, as the module finds it in the namespace files.
resource "kestra_namespace_file" "dbt" {
  for_each = fileset("${path.module}/dbt", "**")

  namespace = "company.analytics"
  filename  = "dbt/${each.value}"
  content   = file("${path.module}/dbt/${each.value}")
}

# Addresses differ between environments; flows of this namespace read them with `{{ kv('...') }}`.
resource "kestra_kv" "analytics" {
  for_each = {
    airbyte_url    = "https://airbyte.example.com"
    warehouse_host = "warehouse.example.com"
  }

  namespace = "company.analytics"
  key       = each.key
  type      = "STRING"
  value     = each.value
}
