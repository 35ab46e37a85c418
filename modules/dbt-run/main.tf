locals {
  _retry = var.retry == null ? null : {
    type        = var.retry.type
    interval    = var.retry.interval
    maxAttempts = var.retry.max_attempts
    maxInterval = var.retry.type == "exponential" ? var.retry.max_interval : null
  }

  # One task with the project from the namespace files, not a WorkingDirectory with a clone: Kestra retries single tasks,
  # and a task that is retried inside a WorkingDirectory would find its files gone.
  _cli = [
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

  _cloud = [
    for cloud in [var.dbt.cloud] : provider::kestra::task("dbt", "io.kestra.plugin.dbt.cloud.TriggerRun", {
      accountId   = cloud.account_id
      baseUrl     = cloud.url
      jobId       = cloud.job_id
      maxDuration = cloud.max_duration
      retry       = local._retry
      token       = provider::kestra::secret_ref(cloud.token_secret)
    }) if cloud != null
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
  tasks          = concat(local._cli, local._cloud, var.tasks)
  triggers       = var.triggers
}
