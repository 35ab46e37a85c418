module "airbyte" {
  source = "../task-airbyte-sync"

  airbyte = var.airbyte
}

module "dbt" {
  source = "../task-dbt"

  dbt   = var.dbt
  retry = var.retry
}

module "hightouch" {
  source = "../task-hightouch-sync"
  count  = var.hightouch == null ? 0 : 1

  hightouch = var.hightouch
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
  tasks          = concat([module.airbyte.task, module.dbt.task], module.hightouch[*].task)
  triggers       = var.triggers
}
