locals {
  _retry = var.retry == null ? null : {
    type        = var.retry.type
    interval    = var.retry.interval
    maxAttempts = var.retry.max_attempts
    maxInterval = var.retry.type == "exponential" ? var.retry.max_interval : null
  }

  _connection = var.connection == null ? {} : {
    url      = "jdbc:postgresql://${var.connection.host}:${var.connection.port}/${var.connection.database}"
    username = var.connection.username
    password = provider::kestra::secret_ref(var.connection.password_secret)
    sslMode  = upper(replace(var.connection.ssl_mode, "-", "_"))
  }

  _http = {
    for action in var.actions :
    action.id => provider::kestra::task(action.id, "io.kestra.plugin.core.http.Request", {
      uri     = action.http.url
      body    = action.http.body
      headers = length(action.http.headers) > 0 ? action.http.headers : null
      method  = action.http.method
      options = action.http.token_secret == null ? null : { auth = { type = "BEARER", token = provider::kestra::secret_ref(action.http.token_secret) } }
      retry   = local._retry
    }) if action.http != null
  }

  _slack = {
    for action in var.actions :
    action.id => provider::kestra::task(action.id, "io.kestra.plugin.slack.notifications.SlackIncomingWebhook", {
      messageText = action.slack.message
      retry       = local._retry
      url         = provider::kestra::secret_ref(action.slack.webhook_secret)
    }) if action.slack != null
  }

  _sql = {
    for action in var.actions :
    action.id => provider::kestra::task(action.id, "io.kestra.plugin.jdbc.postgresql.Query", merge(local._connection, {
      parameters = length(action.sql.parameters) > 0 ? action.sql.parameters : null
      retry      = local._retry
      sql        = action.sql.statement
    })) if action.sql != null
  }

  _actions = [
    for action in var.actions :
    coalesce(action.task, lookup(local._http, action.id, null), lookup(local._slack, action.id, null), lookup(local._sql, action.id, null))
  ]

  _tasks = var.condition == null ? local._actions : [
    provider::kestra::task("condition", "io.kestra.plugin.core.flow.If", {
      condition = provider::kestra::expr(var.condition)
      then      = local._actions
    }),
  ]

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

module "webhook" {
  source = "../trigger-webhook"

  id         = "webhook"
  key_secret = var.key_secret
}

module "flow" {
  source = "../flow"

  id          = var.id
  namespace   = var.namespace
  description = var.description
  disabled    = var.disabled
  errors      = local._errors
  labels      = var.labels
  tasks       = local._tasks
  triggers    = [module.webhook.trigger]
}
