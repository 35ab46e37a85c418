locals {
  # What is null stays out, so the stored flow shows only what its author wrote.
  _retry = var.retry == null ? null : {
    for property, value in {
      type        = var.retry.type
      interval    = var.retry.interval
      maxAttempts = var.retry.max_attempts
      maxInterval = var.retry.type == "exponential" ? var.retry.max_interval : null
    } : property => value if value != null
  }
}
