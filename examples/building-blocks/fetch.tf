# Every workday but the first of January, and whenever the shop calls: a branch of two steps for each region, all of them at
# the same time.
module "fetch" {
  source = "../../modules/flow"

  id             = "fetch"
  namespace      = local.namespace
  description    = "Fetches the orders of each region and counts them."
  kestra_version = local.version
  labels         = { owner = "shop" }
  concurrency    = { limit = 1 }
  inputs         = [{ id = "full", type = "BOOL", defaults = "false", description = "All orders, not only those of the day." }]
  variables      = { day = "{{ (trigger.date ?? execution.startDate) | date('yyyy-MM-dd') }}" }
  tasks          = [module.all_regions.task]
  outputs = [
    for region in local.regions :
    { id = "orders_${region}", type = "FILE", value = provider::kestra::expr("outputs.download_${region}.uri") }
  ]
  sla      = [{ id = "in-time", behavior = "NONE", duration = "PT2H", labels = { late = "true" } }]
  triggers = [module.workdays.trigger, module.shop_calls.trigger]
}

module "all_regions" {
  source = "../../modules/task-parallel"

  id    = "all_regions"
  tasks = [for region in local.regions : module.region[region].task]
}

module "region" {
  source   = "../../modules/task-sequence"
  for_each = toset(local.regions)

  id = "region_${each.key}"
  tasks = [
    module.download[each.key].task,
    provider::kestra::task("count_${each.key}", "io.kestra.plugin.core.log.Log", {
      message = "{{ outputs.download_${each.key}.length }} bytes of {{ render(vars.day) }}"
    }),
  ]
}

# The shop is often too busy at this time of the day.
module "download" {
  source   = "../../modules/task"
  for_each = toset(local.regions)

  id         = "download_${each.key}"
  type       = "io.kestra.plugin.core.http.Download"
  properties = jsonencode({ uri = "{{ kv('shop_url') }}/${each.key}/orders.csv?day={{ render(vars.day) }}&full={{ inputs.full }}" })
  retry      = { interval = "PT30S", max_attempts = 5 }
  timeout    = "PT10M"
}

module "workdays" {
  source = "../../modules/trigger-schedule"

  id             = "workdays"
  cron           = "0 6 * * 1-5"
  timezone       = "Europe/Berlin"
  kestra_version = local.version
  conditions     = ["(trigger.date | date('MM-dd')) != '01-01'"]
}

module "shop_calls" {
  source = "../../modules/trigger-webhook"

  id             = "shop-calls"
  key_secret     = "SHOP_WEBHOOK_KEY"
  kestra_version = local.version
  conditions     = ["trigger.body.event == 'orders.ready'"]
  inputs         = { full = "{{ trigger.body.full }}" }
}

resource "kestra_kv" "shop_url" {
  namespace = local.namespace
  key       = "shop_url"
  type      = "STRING"
  value     = "https://shop.example.com"
}
