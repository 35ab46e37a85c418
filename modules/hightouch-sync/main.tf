locals {
  _retry = var.retry == null ? null : {
    type        = var.retry.type
    interval    = var.retry.interval
    maxAttempts = var.retry.max_attempts
    maxInterval = var.retry.type == "exponential" ? var.retry.max_interval : null
  }

  _syncs = [
    for name, sync_id in var.hightouch.syncs :
    provider::kestra::task(name, "io.kestra.plugin.hightouch.Sync", {
      maxDuration = var.hightouch.max_duration
      retry       = local._retry
      syncId      = sync_id
      token       = provider::kestra::secret_ref(var.hightouch.token_secret)
    })
  ]

  # A single sync needs no group.
  _all_syncs = length(local._syncs) == 1 ? local._syncs : [
    provider::kestra::task("syncs", "io.kestra.plugin.core.flow.Parallel", { tasks = local._syncs }),
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
  tasks          = concat(local._all_syncs, var.tasks)
  triggers       = var.triggers
}
