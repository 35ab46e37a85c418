variable "id" {
  description = "Id of the task, unique within its flow."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", var.id)) && length(var.id) <= 256
    error_message = "A task id has up to 256 letters, digits, underscores and dashes, and begins with a letter or digit; got \"${var.id}\"."
  }
}

variable "type" {
  description = "Plugin of the task, such as `io.kestra.plugin.core.log.Log`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]*(\\.[A-Za-z0-9_]+)+$", var.type))
    error_message = "type is the full name of a plugin, such as io.kestra.plugin.core.log.Log; got \"${var.type}\"."
  }
}

variable "allow_failure" {
  description = "Whether the flow goes on when the task failed. The execution then ends with a warning."
  type        = bool
  default     = false
  nullable    = false
}

variable "description" {
  description = "What the task is for, as Markdown."
  type        = string
  default     = null
}

variable "disabled" {
  description = "Whether the task is left out."
  type        = bool
  default     = false
  nullable    = false
}

variable "log_level" {
  description = "Lowest level that is logged: `TRACE`, `DEBUG`, `INFO`, `WARN` or `ERROR`. All when null."
  type        = string
  default     = null

  validation {
    condition     = var.log_level == null ? true : contains(["TRACE", "DEBUG", "INFO", "WARN", "ERROR"], var.log_level)
    error_message = "log_level is TRACE, DEBUG, INFO, WARN or ERROR; got \"${coalesce(var.log_level, "null")}\"."
  }
}

variable "properties" {
  description = "Properties of the plugin by Kestra's names, as a JSON object. Those with a variable here are left out."
  type        = string
  default     = "{}"
  nullable    = false

  validation {
    condition     = can(keys(jsondecode(var.properties)))
    error_message = "The properties are a JSON object; got ${var.properties}."
  }
  validation {
    condition     = length(setintersection(try(keys(jsondecode(var.properties)), []), ["allowFailure", "description", "disabled", "id", "logLevel", "retry", "runIf", "timeout", "type"])) == 0
    error_message = "These have variables of their own: ${join(", ", setintersection(try(keys(jsondecode(var.properties)), []), ["allowFailure", "description", "disabled", "id", "logLevel", "retry", "runIf", "timeout", "type"]))}."
  }
}

variable "retry" {
  description = <<-EOT
    How the task is retried when it fails. No retry when null.

    - `interval`     - Wait before the second attempt, as an ISO 8601 duration.
    - `max_attempts` - Attempts in all.
    - `max_interval` - Longest wait of an `exponential` retry.
    - `type`         - `constant` or `exponential`.
  EOT
  type = object({
    interval     = optional(string, "PT1M")
    max_attempts = optional(number, 4)
    max_interval = optional(string, "PT15M")
    type         = optional(string, "exponential")
  })
  default = null
}

variable "run_if" {
  description = "Expression without braces; the task is skipped when it is false, such as `inputs.full == true`. It always runs when null."
  type        = string
  default     = null

  validation {
    condition     = var.run_if == null || can(provider::kestra::expr(var.run_if))
    error_message = "run_if is an expression without braces; got \"${coalesce(var.run_if, "null")}\"."
  }
}

variable "timeout" {
  description = "How long one attempt may take, as an ISO 8601 duration. Any time when null."
  type        = string
  default     = null

  validation {
    condition     = var.timeout == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", var.timeout)) && !can(regex("(P|T)$", var.timeout))
    error_message = "timeout is an ISO 8601 duration of days, hours, minutes and seconds, such as PT1H; got \"${coalesce(var.timeout, "null")}\"."
  }
}
