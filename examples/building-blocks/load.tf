# After the orders were fetched: one round for each region, and in it what that region needs.
module "load" {
  source = "../../modules/flow"

  id             = "load"
  namespace      = local.namespace
  description    = "Loads the orders of each region into its own table."
  kestra_version = local.version
  labels         = { owner = "shop" }
  inputs         = [{ id = "regions", type = "ARRAY", item_type = "STRING", defaults = jsonencode(local.regions) }]
  retry          = { type = "constant", interval = "PT1M", max_attempts = 2 }
  tasks          = [module.each_region.task]
  triggers       = [module.after_fetch.trigger]
}

module "each_region" {
  source = "../../modules/task-loop"

  id             = "each_region"
  kestra_version = local.version
  values         = "{{ inputs.regions }}"
  concurrent     = 2
  tasks          = [module.by_region.task]
}

module "by_region" {
  source = "../../modules/task-branch"

  id    = "by_region"
  value = "item.value ?? taskrun.value"
  cases = {
    eu = [provider::kestra::subflow_task("load_eu", module.subflows.contracts["postgres-query"], local.load["eu"], {})]
    us = [provider::kestra::subflow_task("load_us", module.subflows.contracts["postgres-query"], local.load["us"], {})]
  }
  otherwise = [provider::kestra::task("unknown", "io.kestra.plugin.core.log.Log", { level = "WARN", message = "No such region" })]
}

locals {
  load = {
    for region in local.regions : region => {
      host     = provider::kestra::kv_ref("warehouse_host", null)
      database = "shop"
      username = "loader"
      sql      = "SELECT count(*) AS orders FROM orders_${region} -- #1: \"${region}\" only"
    }
  }
}

module "after_fetch" {
  source = "../../modules/trigger-flow"

  id             = "after-fetch"
  kestra_version = local.version
  flows          = [{ namespace = module.fetch.namespace, flow_id = module.fetch.flow_id }]
  states         = ["SUCCESS", "WARNING"]
}

resource "kestra_kv" "warehouse_host" {
  namespace = local.namespace
  key       = "warehouse_host"
  type      = "STRING"
  value     = "warehouse.example.com"
}
