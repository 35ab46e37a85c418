locals {
  # What is null stays out, so the stored flow shows only what its author wrote.
  _task = provider::kestra::task(var.id, "io.kestra.plugin.core.flow.Parallel", {
    allowFailure = var.allow_failure ? true : null
    description  = var.description
    disabled     = var.disabled ? true : null
    runIf        = var.run_if == null ? null : provider::kestra::expr(var.run_if)
    concurrent   = var.concurrent
    errors       = length(var.errors) > 0 ? var.errors : null
    tasks        = var.tasks
  })
}
