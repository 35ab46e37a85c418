locals {
  _airbyte_login = {
    for login, name in var.airbyte.secrets : login => "{{ secret('${name}') }}" if name != null
  }

  _airbyte_application = {
    clientId     = try(local._airbyte_login.client_id, null)
    clientSecret = try(local._airbyte_login.client_secret, null)
  }

  _retry = var.retry == null ? null : {
    for property, value in {
      type        = var.retry.type
      interval    = var.retry.interval
      maxAttempts = var.retry.max_attempts
      maxInterval = var.retry.type == "exponential" ? var.retry.max_interval : null
    } : property => value if value != null
  }

  _airbyte_sync = {
    id                     = "airbyte_sync"
    type                   = "io.kestra.plugin.airbyte.connections.Sync"
    url                    = var.airbyte.url
    connectionId           = var.airbyte.connection_id
    applicationCredentials = local._airbyte_application.clientId == null ? null : local._airbyte_application
    maxDuration            = var.airbyte.max_duration
    password               = try(local._airbyte_login.password, null)
    token                  = try(local._airbyte_login.token, null)
    username               = try(local._airbyte_login.username, null)
  }

  # One task with the project from the namespace files, not a WorkingDirectory with a clone: Kestra retries single tasks,
  # and a task that is retried inside a WorkingDirectory would find its files gone.
  _dbt_build = {
    id             = "dbt_build"
    type           = "io.kestra.plugin.dbt.cli.DbtCLI"
    commands       = var.dbt.commands
    containerImage = var.dbt.container_image
    # dbt looks for profiles.yml where it is started, which is above the project.
    env = merge(
      { DBT_PROFILES_DIR = var.dbt.project_dir },
      var.dbt.env,
      { for variable, name in var.dbt.secrets : variable => "{{ secret('${name}') }}" },
    )
    namespaceFiles = { enabled = true, include = ["${var.dbt.project_dir}/**"] }
    projectDir     = var.dbt.project_dir
    retry          = local._retry
  }

  _hightouch_sync = var.hightouch == null ? null : {
    id          = "hightouch_sync"
    type        = "io.kestra.plugin.hightouch.Sync"
    token       = "{{ secret('${var.hightouch.token_secret}') }}"
    syncId      = var.hightouch.sync_id
    maxDuration = var.hightouch.max_duration
  }

  _alert = var.alert == null ? null : {
    id        = "alert"
    type      = "io.kestra.plugin.core.flow.Subflow"
    namespace = var.alert.subflow.namespace
    flowId    = var.alert.subflow.flow_id
    inputs    = merge(var.alert.inputs, { message = var.alert.message })
  }

  # What was not set stays out, so the stored flow shows only what its author wrote.
  _tasks = [
    for task in [local._airbyte_sync, local._dbt_build, local._hightouch_sync] :
    jsonencode({ for property, value in task : property => value if value != null }) if task != null
  ]
}

module "flow" {
  source = "../flow"

  id          = var.id
  namespace   = var.namespace
  description = var.description
  disabled    = var.disabled
  errors      = [for task in [local._alert] : jsonencode(task) if task != null]
  labels      = var.labels
  tasks       = local._tasks
  triggers    = var.triggers
}
