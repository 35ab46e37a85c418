locals {
  _connection = {
    url      = "jdbc:postgresql://${var.connection.host}:${var.connection.port}/${var.connection.database}"
    username = var.connection.username
    password = provider::kestra::secret_ref(var.connection.password_secret)
    sslMode  = upper(replace(var.connection.ssl_mode, "-", "_"))
  }

  _retry = var.retry == null ? null : {
    type        = var.retry.type
    interval    = var.retry.interval
    maxAttempts = var.retry.max_attempts
    maxInterval = var.retry.type == "exponential" ? var.retry.max_interval : null
  }

  _query = provider::kestra::task("query", "io.kestra.plugin.jdbc.postgresql.Query", merge(local._connection, {
    sql        = var.query.literal ? provider::kestra::literal(var.query.sql) : var.query.sql
    fetchType  = var.query.fetch_type
    parameters = length(var.parameters) > 0 ? var.parameters : null
    retry      = local._retry
    timeout    = var.query.timeout
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
