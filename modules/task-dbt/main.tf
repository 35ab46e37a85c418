locals {
  # One task with the project from the namespace files, not a WorkingDirectory with a clone: Kestra retries single tasks,
  # and a task that is retried inside a WorkingDirectory would find its files gone.
  _cli = [
    for dbt in [var.dbt] : provider::kestra::task(var.id, "io.kestra.plugin.dbt.cli.DbtCLI", {
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
      retry          = module.retry.retry
    }) if dbt.cloud == null
  ]

  _cloud = [
    for cloud in [var.dbt.cloud] : provider::kestra::task(var.id, "io.kestra.plugin.dbt.cloud.TriggerRun", {
      accountId   = cloud.account_id
      baseUrl     = cloud.url
      jobId       = cloud.job_id
      maxDuration = cloud.max_duration
      retry       = module.retry.retry
      token       = provider::kestra::secret_ref(cloud.token_secret)
    }) if cloud != null
  ]

  _task = one(concat(local._cli, local._cloud))
}

module "retry" {
  source = "../retry"

  retry = var.retry
}
