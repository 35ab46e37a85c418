locals {
  _line = try(regex("^\\d+\\.\\d+", var.kestra_version), null)

  # Kestra 2.0 has one expression where 1.3 has a list of conditions, all of which must hold.
  _conditions = {
    conditions = local._line == "1.3" && length(var.conditions) > 0 ? [
      for condition in var.conditions : { type = "io.kestra.plugin.core.condition.Expression", expression = provider::kestra::expr(condition) }
    ] : null
    when = local._line == "2.0" && length(var.conditions) > 0 ? provider::kestra::expr(join(" and ", length(var.conditions) == 1 ? var.conditions : formatlist("(%s)", var.conditions))) : null
  }

  # What is null stays out, so the stored flow shows only what its author wrote.
  _trigger = provider::kestra::trigger(var.id, "io.kestra.plugin.core.trigger.Schedule", merge(local._conditions, {
    cron                   = var.cron
    description            = var.description
    disabled               = var.disabled ? true : null
    inputs                 = length(var.inputs) > 0 ? var.inputs : null
    lateMaximumDelay       = var.late_maximum_delay
    recoverMissedSchedules = var.recover_missed_schedules
    timezone               = var.timezone
  }))
}
