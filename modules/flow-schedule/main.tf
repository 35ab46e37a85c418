locals {
  # The same flow has the same time in every plan, and different flows have different ones: a number out of their name.
  _hash    = parseint(substr(sha256(format("%s.%s", var.namespace, var.id)), 0, 12), 16)
  _minute  = local._hash % 60
  _hour    = var.schedule.from + floor(local._hash / 60) % (var.schedule.to - var.schedule.from)
  _weekday = floor(local._hash / 1440) % 7
  _day     = 1 + floor(local._hash / 1440) % 28

  _hours = var.schedule.from == 0 && var.schedule.to == 24 ? "*" : format("%d-%d", var.schedule.from, var.schedule.to - 1)

  _cron = {
    hour  = format("%d %s * * *", local._minute, local._hours)
    day   = format("%d %d * * *", local._minute, local._hour)
    week  = format("%d %d * * %d", local._minute, local._hour, local._weekday)
    month = format("%d %d %d * *", local._minute, local._hour, local._day)
  }[var.schedule.every]

  _run = provider::kestra::subflow_task("run", var.subflow, var.inputs, {})
}

module "trigger" {
  source = "../trigger-schedule"

  id       = "schedule"
  cron     = local._cron
  timezone = var.schedule.timezone
}

module "flow" {
  source = "../flow"

  id          = var.id
  namespace   = var.namespace
  alert       = var.alert
  description = var.description
  disabled    = var.disabled
  labels      = var.labels
  tasks       = [local._run]
  triggers    = [module.trigger.trigger]
}
