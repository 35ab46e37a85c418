locals {
  _airbyte_login = {
    for login, name in var.airbyte.secrets : login => provider::kestra::secret_ref(name) if name != null
  }

  _airbyte_application = {
    clientId     = try(local._airbyte_login.client_id, null)
    clientSecret = try(local._airbyte_login.client_secret, null)
  }

  _airbyte_syncs = [
    for name, connection_id in var.airbyte.connections :
    provider::kestra::task("airbyte_${name}", "io.kestra.plugin.airbyte.connections.Sync", {
      applicationCredentials = local._airbyte_application.clientId == null ? null : local._airbyte_application
      connectionId           = connection_id
      maxDuration            = var.airbyte.max_duration
      password               = try(local._airbyte_login.password, null)
      token                  = try(local._airbyte_login.token, null)
      url                    = var.airbyte.url
      username               = try(local._airbyte_login.username, null)
    })
  ]

  _retry = var.retry == null ? null : {
    type        = var.retry.type
    interval    = var.retry.interval
    maxAttempts = var.retry.max_attempts
    maxInterval = var.retry.type == "exponential" ? var.retry.max_interval : null
  }

  # One task with the project from the namespace files, not a WorkingDirectory with a clone: Kestra retries single tasks,
  # and a task that is retried inside a WorkingDirectory would find its files gone.
  _dbt_cli = [
    for dbt in [var.dbt] : provider::kestra::task("dbt", "io.kestra.plugin.dbt.cli.DbtCLI", {
      commands       = dbt.commands
      containerImage = dbt.container_image
      # dbt looks for profiles.yml where it is started, which is above the project.
      env = merge(
        { DBT_PROFILES_DIR = dbt.project_dir },
        dbt.env,
        { for variable, name in dbt.secrets : variable => provider::kestra::secret_ref(name) },
      )
      namespaceFiles = { enabled = true, include = ["${dbt.project_dir}/**"] }
      projectDir     = dbt.project_dir
      retry          = local._retry
    }) if dbt.cloud == null
  ]

  _dbt_cloud = [
    for cloud in [var.dbt.cloud] : provider::kestra::task("dbt", "io.kestra.plugin.dbt.cloud.TriggerRun", {
      accountId   = cloud.account_id
      baseUrl     = cloud.url
      jobId       = cloud.job_id
      maxDuration = cloud.max_duration
      retry       = local._retry
      token       = provider::kestra::secret_ref(cloud.token_secret)
    }) if cloud != null
  ]

  _hightouch_syncs = var.hightouch == null ? [] : [
    for name, sync_id in var.hightouch.syncs :
    provider::kestra::task("hightouch_${name}", "io.kestra.plugin.hightouch.Sync", {
      maxDuration = var.hightouch.max_duration
      syncId      = sync_id
      token       = provider::kestra::secret_ref(var.hightouch.token_secret)
    })
  ]

  # Several of a kind run at the same time; a single one needs no group.
  _steps = {
    airbyte   = local._airbyte_syncs
    dbt       = concat(local._dbt_cli, local._dbt_cloud)
    hightouch = local._hightouch_syncs
  }

  _tasks = flatten([
    for step in ["airbyte", "dbt", "hightouch"] : length(local._steps[step]) < 2 ? local._steps[step] : [
      provider::kestra::task(step, "io.kestra.plugin.core.flow.Parallel", { tasks = local._steps[step] }),
    ]
  ])

  _errors = [
    for alert in [var.alert] : provider::kestra::subflow_task(
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
  tasks          = local._tasks
  triggers       = var.triggers
}
