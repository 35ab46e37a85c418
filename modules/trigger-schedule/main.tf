locals {
  _document = {
    id                     = var.id
    type                   = "io.kestra.plugin.core.trigger.Schedule"
    cron                   = var.cron
    disabled               = var.disabled ? true : null
    inputs                 = length(var.inputs) > 0 ? var.inputs : null
    lateMaximumDelay       = var.late_maximum_delay
    recoverMissedSchedules = var.recover_missed_schedules
    timezone               = var.timezone
  }
}
