locals {
  _login = {
    for login, name in var.airbyte.secrets : login => provider::kestra::secret_ref(name) if name != null
  }

  _application = {
    clientId     = try(local._login.client_id, null)
    clientSecret = try(local._login.client_secret, null)
  }

  _retry = var.retry == null ? null : {
    type        = var.retry.type
    interval    = var.retry.interval
    maxAttempts = var.retry.max_attempts
    maxInterval = var.retry.type == "exponential" ? var.retry.max_interval : null
  }

  _syncs = [
    for name, connection_id in var.airbyte.connections :
    provider::kestra::task(name, "io.kestra.plugin.airbyte.connections.Sync", {
      applicationCredentials = local._application.clientId == null ? null : local._application
      connectionId           = connection_id
      maxDuration            = var.airbyte.max_duration
      password               = try(local._login.password, null)
      retry                  = local._retry
      token                  = try(local._login.token, null)
      url                    = var.airbyte.url
      username               = try(local._login.username, null)
    })
  ]

  # A single sync needs no group.
  _all_syncs = length(local._syncs) == 1 ? local._syncs : [
    provider::kestra::task("syncs", "io.kestra.plugin.core.flow.Parallel", { tasks = local._syncs }),
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

module "flow" {
  source = "../flow"

  id             = var.id
  namespace      = var.namespace
  description    = var.description
  disabled       = var.disabled
  errors         = local._errors
  kestra_version = var.kestra_version
  labels         = var.labels
  tasks          = concat(local._all_syncs, var.tasks)
  triggers       = var.triggers
}
