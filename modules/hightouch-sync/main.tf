module "hightouch" {
  source = "../task-hightouch-sync"

  hightouch = var.hightouch
  retry     = var.retry
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
  tasks          = concat([module.hightouch.task], var.tasks)
  triggers       = var.triggers
}
