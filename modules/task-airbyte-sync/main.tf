locals {
  _login = {
    for login, name in var.airbyte.secrets : login => provider::kestra::secret_ref(name) if name != null
  }

  _application = {
    clientId     = try(local._login.client_id, null)
    clientSecret = try(local._login.client_secret, null)
  }

  _syncs = [
    for name, connection_id in var.airbyte.connections :
    provider::kestra::task(format("%s_%s", var.id, name), "io.kestra.plugin.airbyte.connections.Sync", {
      applicationCredentials = local._application.clientId == null ? null : local._application
      connectionId           = connection_id
      maxDuration            = var.airbyte.max_duration
      password               = try(local._login.password, null)
      retry                  = module.retry.retry
      token                  = try(local._login.token, null)
      url                    = var.airbyte.url
      username               = try(local._login.username, null)
    })
  ]

  # A single sync needs no group.
  _task = length(local._syncs) == 1 ? local._syncs[0] : provider::kestra::task(var.id, "io.kestra.plugin.core.flow.Parallel", { tasks = local._syncs })
}

module "retry" {
  source = "../retry"

  retry = var.retry
}
