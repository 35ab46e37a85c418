# Scheduled: on the first of a month, the file of the month. A backfill of the schedule loads the months of the past, one after
# the other: the date that is made up for is `trigger.date`.
module "scheduled" {
  source   = "../../modules/gcs-to-bigquery"
  for_each = local.tables

  id          = "load-${each.key}-taxi-monthly"
  namespace   = module.taxi.namespace
  description = "Loads the trips of the month of the schedule."
  labels      = { taxi = each.key }
  gcp         = local.gcp
  bucket      = module.taxi.kv["taxi_bucket"]
  source_file = {
    url         = "${module.taxi.kv["taxi_files"]}/${each.key}/${each.key}_tripdata_{{ (trigger.date ?? execution.startDate) | date('yyyy-MM') }}.csv.gz"
    compression = "GZIP"
  }
  table    = each.value
  retry    = {}
  triggers = [module.monthly[each.key].trigger]
}

module "monthly" {
  source   = "../../modules/trigger-schedule"
  for_each = { green = "0 9 1 * *", yellow = "0 10 1 * *" }

  id       = "monthly"
  cron     = each.value
  timezone = "America/New_York"
}

# What came in, for whoever looks at the executions.
module "count" {
  source = "../../modules/bigquery-query"

  id          = "count-trips"
  namespace   = module.taxi.namespace
  description = "Counts the trips of each file, the day after they were loaded."
  gcp         = local.gcp
  query = {
    sql        = templatefile("${path.module}/queries/count-trips.sql", { dataset = var.dataset })
    fetch_type = "FETCH"
  }
  triggers = [module.the_day_after.trigger]
}

module "the_day_after" {
  source = "../../modules/trigger-schedule"

  id       = "the-day-after"
  cron     = "0 9 2 * *"
  timezone = "America/New_York"
}
