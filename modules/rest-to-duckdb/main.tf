locals {
  _request = provider::kestra::task("request", "io.kestra.plugin.core.http.Download", {
    uri         = var.request.url
    body        = var.request.body
    contentType = var.request.content_type
    headers     = length(var.request.headers) > 0 ? var.request.headers : null
    method      = var.request.method
    options     = var.request.token_secret == null ? null : { auth = { type = "BEARER", token = provider::kestra::secret_ref(var.request.token_secret) } }
    params      = length(var.request.params) > 0 ? var.request.params : null
    retry       = module.retry.retry
  })

  _query = provider::kestra::task("query", "io.kestra.plugin.jdbc.duckdb.Query", {
    inputFiles = { (var.request.file) = provider::kestra::expr("outputs.request.uri") }
    sql        = var.query.literal ? provider::kestra::literal(var.query.sql) : var.query.sql
    fetchType  = var.query.fetch_type
    retry      = module.retry.retry
    timeout    = var.query.timeout
  })
}

module "retry" {
  source = "../retry"

  retry = var.retry
}

module "flow" {
  source = "../flow"

  id          = var.id
  namespace   = var.namespace
  alert       = var.alert
  description = var.description
  disabled    = var.disabled
  labels      = var.labels
  tasks       = concat([local._request, local._query], var.tasks)
  triggers    = var.triggers
}
