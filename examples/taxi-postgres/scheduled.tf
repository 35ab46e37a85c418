# Scheduled: on the first of a month, the file of the month. A backfill of the schedule loads the months of the past, one after
# the other: the date that is made up for is `trigger.date`.
module "scheduled" {
  source   = "../../modules/csv-to-postgres"
  for_each = local.tables

  id          = "load-${each.key}-taxi-monthly"
  namespace   = module.taxi.namespace
  description = "Loads the trips of the month of the schedule."
  labels      = { taxi = each.key }
  connection  = local.connection
  source_file = {
    url         = "${module.taxi.kv["taxi_files"]}/${each.key}/${each.key}_tripdata_{{ (trigger.date ?? execution.startDate) | date('yyyy-MM') }}.csv.gz"
    compression = "GZIP"
  }
  table    = each.value
  retry    = { max_attempts = 3, interval = "PT5M" }
  triggers = [module.monthly[each.key].trigger]
}

# Two taxis, two hours: they share the database.
module "monthly" {
  source   = "../../modules/trigger-schedule"
  for_each = { green = "0 9 1 * *", yellow = "0 10 1 * *" }

  id       = "monthly"
  cron     = each.value
  timezone = "America/New_York"
}
