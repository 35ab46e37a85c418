module "dbt" {
  source = "../task-dbt"

  dbt   = var.dbt
  retry = var.retry
}

module "flow" {
  source = "../flow"

  id             = var.id
  namespace      = var.namespace
  alert          = var.alert
  description    = var.description
  disabled       = var.disabled
  kestra_version = var.kestra_version
  labels         = var.labels
  tasks          = concat([module.dbt.task], var.tasks)
  triggers       = var.triggers
}
