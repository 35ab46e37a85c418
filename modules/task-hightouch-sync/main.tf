locals {
  _syncs = [
    for name, sync_id in var.hightouch.syncs :
    provider::kestra::task(format("%s_%s", var.id, name), "io.kestra.plugin.hightouch.Sync", {
      maxDuration = var.hightouch.max_duration
      retry       = module.retry.retry
      syncId      = sync_id
      token       = provider::kestra::secret_ref(var.hightouch.token_secret)
    })
  ]

  # A single sync needs no group.
  _task = length(local._syncs) == 1 ? local._syncs[0] : provider::kestra::task(var.id, "io.kestra.plugin.core.flow.Parallel", { tasks = local._syncs })
}

module "retry" {
  source = "../retry"

  retry = var.retry
}
