# Plain: loads the month that the key-value store names, when somebody starts it.
module "load" {
  source   = "../../modules/gcs-to-bigquery"
  for_each = local.tables

  id          = "load-${each.key}-taxi"
  namespace   = module.taxi.namespace
  description = "Loads the trips of the month in the KV entry taxi_month."
  labels      = { taxi = each.key }
  gcp         = local.gcp
  bucket      = module.taxi.kv["taxi_bucket"]
  source_file = {
    url         = "${module.taxi.kv["taxi_files"]}/${each.key}/${each.key}_tripdata_${module.taxi.kv["taxi_month"]}.csv.gz"
    compression = "GZIP"
  }
  table = each.value
}
