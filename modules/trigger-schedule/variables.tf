variable "cron" {
  description = "Five-field cron expression, or one of `@hourly`, `@daily`, `@midnight`, `@weekly`, `@monthly`, `@yearly`, `@annually`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(@(hourly|daily|midnight|weekly|monthly|yearly|annually)|[0-9A-Za-z*/,?#-]+( +[0-9A-Za-z*/,?#-]+){4})$", var.cron))
    error_message = "A cron expression has five fields, or is one of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually; got \"${var.cron}\"."
  }
}

variable "id" {
  description = "Id of the trigger, unique within its flow."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", var.id)) && length(var.id) <= 256
    error_message = "A trigger id has up to 256 letters, digits, underscores and dashes, and begins with a letter or digit; got \"${var.id}\"."
  }
}

variable "conditions" {
  description = "Expressions without braces, all of which must be true, such as `trigger.date | date('d') == '1'`. Needs `kestra_version`: they are `conditions` in 1.3 and `when` in 2.0."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "description" {
  description = "What the schedule is for, as Markdown."
  type        = string
  default     = null
}

variable "disabled" {
  description = "Whether the trigger is switched off. The flow itself can still be started."
  type        = bool
  default     = false
  nullable    = false
}

variable "inputs" {
  description = "Inputs of the executions that it starts, by input id. Kestra reads the text as the type of the input; give lists and objects with `jsonencode`."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "kestra_version" {
  description = "Kestra that the trigger is for, such as `data.kestra_server.this.version`. Needed with `conditions`."
  type        = string
  default     = null
}

variable "late_maximum_delay" {
  description = "How late an execution may still start, as an ISO 8601 duration such as `PT30M`; a later one is skipped, except in a backfill. Any delay when null."
  type        = string
  default     = null

  validation {
    condition     = var.late_maximum_delay == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", var.late_maximum_delay)) && !can(regex("(P|T)$", var.late_maximum_delay))
    error_message = "late_maximum_delay is an ISO 8601 duration of days, hours, minutes and seconds, such as PT30M; got \"${coalesce(var.late_maximum_delay, "null")}\"."
  }
}

variable "recover_missed_schedules" {
  description = "Which executions to make up for after Kestra was down: `ALL`, `LAST` or `NONE`. As the server is configured when null."
  type        = string
  default     = null

  validation {
    condition     = var.recover_missed_schedules == null ? true : contains(["ALL", "LAST", "NONE"], var.recover_missed_schedules)
    error_message = "recover_missed_schedules is ALL, LAST or NONE; got \"${coalesce(var.recover_missed_schedules, "null")}\"."
  }
}

variable "timezone" {
  description = "Time zone of the cron expression, such as `Europe/Paris`. As the server is configured when null."
  type        = string
  default     = null

  validation {
    condition     = var.timezone == null || can(regex("^[A-Za-z]+([_+-][A-Za-z0-9]+)*(/[A-Za-z0-9]+([_+-][A-Za-z0-9]+)*)*$", var.timezone))
    error_message = "A time zone is a name such as UTC or Europe/Paris; got \"${coalesce(var.timezone, "null")}\"."
  }
}
