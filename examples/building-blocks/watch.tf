# Whatever fails below the namespace is told to Slack. The flow that tells lives elsewhere, or it would hear itself.
module "watch" {
  source = "../../modules/flow"

  id             = "watch-shop"
  namespace      = "company.alerts"
  description    = "Tells Slack of failed executions of the shop."
  kestra_version = local.version
  tasks = [
    provider::kestra::subflow_task("tell", module.subflows.contracts["slack-notify"], {
      message = "{{ trigger.namespace }}.{{ trigger.flowId }} failed in execution {{ trigger.executionId }}"
    }, {}),
  ]
  triggers = [module.failures.trigger]
}

module "failures" {
  source = "../../modules/trigger-flow"

  id             = "failures"
  kestra_version = local.version
  flows          = [{ namespace = local.namespace, below = true }]
  states         = ["FAILED", "KILLED"]
}
