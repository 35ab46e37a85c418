locals {
  _retry = var.retry == null ? null : {
    type        = var.retry.type
    interval    = var.retry.interval
    maxAttempts = var.retry.max_attempts
    maxInterval = var.retry.type == "exponential" ? var.retry.max_interval : null
  }

  _request = provider::kestra::task("request", "io.kestra.plugin.core.http.Download", {
    uri         = var.request.url
    body        = var.request.body
    contentType = var.request.content_type
    headers     = length(var.request.headers) > 0 ? var.request.headers : null
    method      = var.request.method
    options     = var.request.token_secret == null ? null : { auth = { type = "BEARER", token = provider::kestra::secret_ref(var.request.token_secret) } }
    params      = length(var.request.params) > 0 ? var.request.params : null
    retry       = local._retry
  })

  _query = provider::kestra::task("query", "io.kestra.plugin.jdbc.duckdb.Query", {
    inputFiles = { (var.request.file) = provider::kestra::expr("outputs.request.uri") }
    sql        = var.query.literal ? provider::kestra::literal(var.query.sql) : var.query.sql
    fetchType  = var.query.fetch_type
    retry      = local._retry
    timeout    = var.query.timeout
  })

  # The inputs were compared with the contract by the validations of the variable.
  _errors = [
    for alert in [var.alert] :
    provider::kestra::subflow_task(
      "alert",
      { namespace = alert.subflow.namespace, flow_id = alert.subflow.flow_id },
      merge(alert.inputs, { message = alert.message }),
      {},
    ) if alert != null
  ]
}

module "flow" {
  source = "../flow"

  id          = var.id
  namespace   = var.namespace
  description = var.description
  disabled    = var.disabled
  errors      = local._errors
  labels      = var.labels
  tasks       = concat([local._request, local._query], var.tasks)
  triggers    = var.triggers
}
