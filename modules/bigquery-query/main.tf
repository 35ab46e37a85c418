locals {
  _gcp = {
    projectId                  = var.gcp.project_id
    serviceAccount             = var.gcp.service_account_secret == null ? null : provider::kestra::secret_ref(var.gcp.service_account_secret)
    impersonatedServiceAccount = var.gcp.impersonate
  }

  _retry = var.retry == null ? null : {
    type        = var.retry.type
    interval    = var.retry.interval
    maxAttempts = var.retry.max_attempts
    maxInterval = var.retry.type == "exponential" ? var.retry.max_interval : null
  }

  _query = provider::kestra::task("query", "io.kestra.plugin.gcp.bigquery.Query", merge(local._gcp, {
    sql              = var.query.literal ? provider::kestra::literal(var.query.sql) : var.query.sql
    destinationTable = try(var.destination.table, null)
    fetchType        = var.query.fetch_type
    location         = var.gcp.location
    retry            = local._retry
    timeout          = var.query.timeout
    writeDisposition = try(var.destination.disposition, null)
  }))

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
  tasks       = concat([local._query], var.tasks)
  triggers    = var.triggers
}
