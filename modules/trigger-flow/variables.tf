variable "flows" {
  description = <<-EOT
    The executions to wait for.

    - `namespace` - Namespace of the flow.
    - `flow_id`   - Id of the flow, such as the output `flow_id` of the module `flow`. Any flow of the namespace when not set.
    - `below`     - Whether the flows of the namespaces below count too. Not with a `flow_id`.
  EOT
  type = list(object({
    namespace = string
    flow_id   = optional(string)
    below     = optional(bool, false)
  }))
  nullable = false

  validation {
    condition     = length(var.flows) > 0
    error_message = "There is at least one flow to wait for; got an empty list."
  }
  validation {
    condition     = alltrue([for flow in var.flows : can(regex("^[a-z0-9][a-z0-9._-]*$", flow.namespace))])
    error_message = "A namespace has lowercase letters, digits, dots, underscores and dashes, and begins with a letter or digit; got \"${join("\", \"", var.flows[*].namespace)}\"."
  }
  validation {
    condition     = alltrue([for flow in var.flows : flow.flow_id == null || can(regex("^[a-zA-Z0-9][a-zA-Z0-9._-]*$", flow.flow_id))])
    error_message = "A flow id has letters, digits, dots, underscores and dashes, and begins with a letter or digit; got \"${join("\", \"", [for flow in var.flows : flow.flow_id if flow.flow_id != null])}\"."
  }
  validation {
    condition     = alltrue([for flow in var.flows : !flow.below || flow.flow_id == null])
    error_message = "The flows of a namespace and those below have no id in common; leave out flow_id or below for ${join(", ", [for flow in var.flows : flow.namespace if flow.below && flow.flow_id != null])}."
  }
  validation {
    condition     = length(var.flows) == 1 || var.mode == "ANY" || !anytrue(var.flows[*].below)
    error_message = "Nobody knows when all flows below a namespace have ended: with below and several flows the mode is ANY; got ${var.mode}."
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

variable "kestra_version" {
  description = "Kestra that the trigger is for, such as `data.kestra_server.this.version`. The two lines have no form in common."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(1\\.3|2\\.0)(\\.|$)", var.kestra_version))
    error_message = "kestra_version is a version of Kestra 1.3 or 2.0, such as 1.3.31; got \"${var.kestra_version}\"."
  }
}

variable "disabled" {
  description = "Whether the trigger is switched off. The flow itself can still be started."
  type        = bool
  default     = false
  nullable    = false
}

variable "inputs" {
  description = "Inputs of the executions that it starts, by input id. Kestra reads the text as the type of the input; give lists and objects with `jsonencode`. Outputs of the others are at hand as `{{ trigger.outputs.<id> }}`."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "mode" {
  description = "`ALL`: the flow starts when each of the others has ended; `ANY`: it starts each time one of them ends."
  type        = string
  default     = "ALL"
  nullable    = false

  validation {
    condition     = contains(["ALL", "ANY"], var.mode)
    error_message = "mode is ALL or ANY; got \"${var.mode}\"."
  }
}

variable "states" {
  description = "States in which the others have to end."
  type        = list(string)
  default     = ["SUCCESS"]
  nullable    = false

  validation {
    condition     = length(var.states) > 0 && length(setsubtract(var.states, ["CANCELLED", "FAILED", "KILLED", "RETRIED", "SKIPPED", "SUCCESS", "WARNING"])) == 0
    error_message = "states are some of CANCELLED, FAILED, KILLED, RETRIED, SKIPPED, SUCCESS and WARNING; got ${length(var.states) == 0 ? "none" : join(", ", var.states)}."
  }
}

variable "window" {
  description = <<-EOT
    In what time all of them have to end; Kestra's default when null. Exactly one of these, with `mode = "ALL"`:

    - `deadline`    - Time of the day until which, from midnight on, such as `09:00:00`.
    - `every`       - Length of windows that follow each other, as an ISO 8601 duration.
    - `from`, `to`  - Times of the day between which.
    - `lookback`    - Time before the last end, as an ISO 8601 duration.
  EOT
  type = object({
    deadline = optional(string)
    every    = optional(string)
    from     = optional(string)
    lookback = optional(string)
    to       = optional(string)
  })
  default = null

  validation {
    condition     = var.window == null || try(contains(["deadline", "every", "from to", "lookback"], join(" ", [for name, value in var.window : name if value != null])), false)
    error_message = "window is either a deadline, every, from and to, or a lookback; got ${try(join(", ", [for name, value in var.window : name if value != null]), "nothing")}."
  }
  validation {
    condition     = alltrue([for time in try([var.window.deadline, var.window.from, var.window.to], []) : time == null || can(regex("^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?([+-][0-9]{2}:[0-9]{2}|Z)?$", time))])
    error_message = "window.deadline, window.from and window.to are times of a day, such as 09:00:00 or 09:00:00+01:00; got ${join(", ", [for time in try([var.window.deadline, var.window.from, var.window.to], []) : time if time != null])}."
  }
  validation {
    condition     = alltrue([for duration in try([var.window.every, var.window.lookback], []) : duration == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", duration)) && !can(regex("(P|T)$", duration))])
    error_message = "window.every and window.lookback are ISO 8601 durations of days, hours, minutes and seconds, such as P1D; got ${join(", ", [for duration in try([var.window.every, var.window.lookback], []) : duration if duration != null])}."
  }
  validation {
    condition     = var.window == null || var.mode == "ALL" && !anytrue(var.flows[*].below)
    error_message = "A window is for flows that all have to end; leave it out with mode ANY or below."
  }
}
