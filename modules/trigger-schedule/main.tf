locals {
  # What is null stays out, so the stored flow shows only what its author wrote.
  _trigger = provider::kestra::trigger(var.id, "io.kestra.plugin.core.trigger.Schedule", merge(module.conditions.properties, {
    cron                   = var.cron
    description            = var.description
    disabled               = var.disabled ? true : null
    inputs                 = length(var.inputs) > 0 ? var.inputs : null
    lateMaximumDelay       = var.late_maximum_delay
    recoverMissedSchedules = var.recover_missed_schedules
    timezone               = var.timezone
  }))
}

module "conditions" {
  source = "../trigger-conditions"

  conditions     = var.conditions
  kestra_version = var.kestra_version
}
