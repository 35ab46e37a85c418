# Yesterday's orders, as one JSON document a line, where the warehouse picks them up.
module "orders" {
  source = "../../modules/mongodb-export"

  id          = "export-orders"
  namespace   = module.etl.namespace
  description = "The orders that the shop closed yesterday."
  alert       = local.alert
  gcp         = { project_id = "company-data", service_account_secret = "GCP_SERVICE_ACCOUNT" }
  mongodb = {
    uri_secret = "SHOP_MONGODB_URI"
    database   = "shop"
    collection = "orders"
    filter     = jsonencode({ closed = "{{ (trigger.date ?? execution.startDate) | dateAdd(-1, 'DAYS') | date('yyyy-MM-dd') }}" })
    sort       = jsonencode({ _id = 1 })
  }
  retry    = { max_attempts = 3 }
  to       = "gs://company-raw/orders/{{ (trigger.date ?? execution.startDate) | dateAdd(-1, 'DAYS') | date('yyyy-MM-dd') }}.jsonl"
  triggers = [module.every_morning.trigger]
}

# What the partners put into their bucket goes into ours, and leaves theirs.
module "partners" {
  source = "../../modules/s3-copy"

  id          = "fetch-from-partners"
  namespace   = module.etl.namespace
  description = "Moves the files of the partners into our bucket, a folder for each day."
  alert       = local.alert
  aws         = local.aws
  copies = [
    for partner in ["acme", "globex"] : {
      id            = partner
      from          = { bucket = "${partner}-out", key = "prices.csv" }
      to            = { bucket = "company-raw", key = "{{ (trigger.date ?? execution.startDate) | date('yyyy-MM-dd') }}/${partner}.csv" }
      delete_source = true
    }
  ]
  triggers = [module.every_morning.trigger]
}
