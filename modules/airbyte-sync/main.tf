module "airbyte" {
  source = "../task-airbyte-sync"

  airbyte = var.airbyte
  retry   = var.retry
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
  tasks          = concat([module.airbyte.task], var.tasks)
  triggers       = var.triggers
}
