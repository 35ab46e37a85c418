locals {
  # What is null stays out, so the stored flow shows only what its author wrote.
  _task = provider::kestra::task(var.id, var.type, merge(jsondecode(var.properties), {
    allowFailure = var.allow_failure ? true : null
    description  = var.description
    disabled     = var.disabled ? true : null
    runIf        = var.run_if == null ? null : provider::kestra::expr(var.run_if)
    logLevel     = var.log_level
    retry        = module.retry.retry
    timeout      = var.timeout
  }))
}

module "retry" {
  source = "../retry"

  retry = var.retry
}
