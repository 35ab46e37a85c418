# Refunds come in three ways: as files, as rows of the old system, and from the bank, which can only be asked.
module "refunds" {
  source = "../../modules/flow"

  id             = "refunds"
  namespace      = local.namespace
  description    = "Books refunds, wherever they come from."
  kestra_version = local.version
  labels         = { owner = "shop" }
  tasks = [
    module.bank_first.task,
    provider::kestra::task("book", "io.kestra.plugin.core.log.Log", { message = "Booking what {{ trigger.id ?? 'nobody' }} found" }),
  ]
  triggers = [module.files.trigger, module.rows.trigger, module.bank.trigger]
}

# Without the rates the amounts are booked as they are.
module "bank_first" {
  source = "../../modules/task-sequence"

  id            = "rates"
  allow_failure = true
  tasks = [
    provider::kestra::task("fetch_rates", "io.kestra.plugin.core.http.Request", { uri = "https://bank.example.com/rates" }),
  ]
}

module "files" {
  source = "../../modules/trigger-gcs-file"

  id      = "files"
  from    = "gs://company-shop/refunds/"
  move_to = "gs://company-shop/refunds-done/"
  pattern = ".*\\.csv"
  gcp     = { project_id = "company-shop", service_account_secret = "GCP_SERVICE_ACCOUNT" }
}

module "rows" {
  source = "../../modules/trigger-sql"

  id = "rows"
  connection = {
    host            = provider::kestra::kv_ref("warehouse_host", null)
    database        = "legacy"
    username        = "loader"
    password_secret = "LEGACY_PASSWORD"
  }
  sql       = file("${path.module}/queries/new-refunds.sql")
  after_sql = "UPDATE refunds SET seen = true WHERE NOT seen"
  interval  = "PT5M"
}

module "bank" {
  source = "../../modules/trigger-http"

  id                  = "bank"
  uri                 = "https://bank.example.com/refunds?state=new"
  bearer_token_secret = "BANK_TOKEN"
  interval            = "PT15M"
  response_condition  = "response.statusCode == 200 and fromJson(response.body) is not empty"
}
