locals {
  _tell = provider::kestra::task("tell", "io.kestra.plugin.slack.notifications.SlackExecution", {
    customMessage = var.message
    executionId   = provider::kestra::expr("trigger.executionId")
    url           = provider::kestra::secret_ref(var.webhook_secret)
  })
}

module "ended" {
  source = "../trigger-flow"

  id             = "ended"
  flows          = [for namespace in var.watch : { namespace = namespace, below = true }]
  kestra_version = var.kestra_version
  mode           = "ANY"
  states         = var.states
}

module "flow" {
  source = "../flow"

  id             = var.id
  namespace      = var.namespace
  description    = var.description
  disabled       = var.disabled
  kestra_version = var.kestra_version
  labels         = var.labels
  tasks          = [local._tell]
  triggers       = [module.ended.trigger]
}
