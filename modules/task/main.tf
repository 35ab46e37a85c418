locals {
  _retry = var.retry == null ? null : {
    type        = var.retry.type
    interval    = var.retry.interval
    maxAttempts = var.retry.max_attempts
    maxInterval = var.retry.type == "exponential" ? var.retry.max_interval : null
  }

  # What is null stays out, so the stored flow shows only what its author wrote.
  _task = provider::kestra::task(var.id, var.type, merge(jsondecode(var.properties), {
    allowFailure = var.allow_failure ? true : null
    description  = var.description
    disabled     = var.disabled ? true : null
    runIf        = var.run_if == null ? null : provider::kestra::expr(var.run_if)
    logLevel     = var.log_level
    retry        = local._retry
    timeout      = var.timeout
  }))
}
