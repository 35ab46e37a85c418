# Plain: somebody picks a month and presses the button. Twice the same month adds nothing.
module "load" {
  source   = "../../modules/csv-to-postgres"
  for_each = local.tables

  id          = "load-${each.key}-taxi"
  namespace   = module.taxi.namespace
  description = "Loads the trips of one month, which is asked for."
  labels      = { taxi = each.key }
  connection  = local.connection
  inputs = [{
    id           = "month"
    type         = "STRING"
    defaults     = "2019-01"
    display_name = "Month"
    description  = "The month to load, such as 2019-01."
    validator    = "^20[0-9]{2}-(0[1-9]|1[0-2])$"
  }]
  source_file = {
    url         = "${module.taxi.kv["taxi_files"]}/${each.key}/${each.key}_tripdata_{{ inputs.month }}.csv.gz"
    compression = "GZIP"
  }
  table = each.value
}
