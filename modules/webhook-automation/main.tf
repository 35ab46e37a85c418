locals {
  _http = {
    for action in var.actions :
    action.id => provider::kestra::task(action.id, "io.kestra.plugin.core.http.Request", {
      uri     = action.http.url
      body    = action.http.body
      headers = length(action.http.headers) > 0 ? action.http.headers : null
      method  = action.http.method
      options = action.http.token_secret == null ? null : { auth = { type = "BEARER", token = provider::kestra::secret_ref(action.http.token_secret) } }
      retry   = module.retry.retry
    }) if action.http != null
  }

  _slack = {
    for action in var.actions :
    action.id => provider::kestra::task(action.id, "io.kestra.plugin.slack.notifications.SlackIncomingWebhook", {
      messageText = action.slack.message
      retry       = module.retry.retry
      url         = provider::kestra::secret_ref(action.slack.webhook_secret)
    }) if action.slack != null
  }

  _sql = {
    for action in var.actions :
    action.id => provider::kestra::task(action.id, "io.kestra.plugin.jdbc.postgresql.Query", merge(module.connection.properties, {
      parameters = length(action.sql.parameters) > 0 ? action.sql.parameters : null
      retry      = module.retry.retry
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
}

module "connection" {
  source = "../connection-postgres"

  connection = var.connection
}

module "webhook" {
  source = "../trigger-webhook"

  id         = "webhook"
  key_secret = var.key_secret
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
  tasks       = local._tasks
  triggers    = [module.webhook.trigger]
}
