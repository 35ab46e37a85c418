variable "hightouch" {
  description = <<-EOT
    The Hightouch syncs to run, all at the same time.

    - `syncs`        - Numbers of the syncs, by names that you choose.
    - `max_duration` - How long to wait for a sync, as an ISO 8601 duration. Kestra's default is `PT5M`.
    - `token_secret` - Name of the Kestra secret that holds the API token.
  EOT
  type = object({
    syncs        = map(number)
    max_duration = optional(string)
    token_secret = optional(string, "HIGHTOUCH_API_TOKEN")
  })
  nullable = false

  validation {
    condition     = length(var.hightouch.syncs) > 0
    error_message = "There is at least one sync in hightouch.syncs; got none."
  }
  validation {
    condition     = alltrue([for name in keys(var.hightouch.syncs) : can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", name))])
    error_message = "The names of hightouch.syncs have only letters, digits, underscores and dashes; got \"${join("\", \"", keys(var.hightouch.syncs))}\"."
  }
  validation {
    condition     = alltrue([for id in values(var.hightouch.syncs) : try(id >= 1 && floor(id) == id, false)])
    error_message = "The number of a sync is a whole number, 1 or more; got ${join(", ", [for name, id in var.hightouch.syncs : "${name} = ${coalesce(id, 0)}"])}."
  }
  validation {
    condition     = var.hightouch.max_duration == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", var.hightouch.max_duration)) && !can(regex("(P|T)$", var.hightouch.max_duration))
    error_message = "hightouch.max_duration is an ISO 8601 duration of days, hours, minutes and seconds, such as PT90M; got \"${coalesce(var.hightouch.max_duration, "null")}\"."
  }
  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]+$", var.hightouch.token_secret))
    error_message = "hightouch.token_secret is the name of a Kestra secret: letters, digits, underscores, dots and dashes. Never put the token itself there."
  }
}

variable "id" {
  description = "Id of the flow."
  type        = string
  nullable    = false
}

variable "namespace" {
  description = "Namespace of the flow."
  type        = string
  nullable    = false
}

variable "alert" {
  description = <<-EOT
    The subflow to call when a task failed. No alert when null.

    - `subflow` - Contract of the subflow, such as `module.subflows.contracts["slack-notify"]`. It takes an input `message`.
    - `inputs`  - Its other inputs, by id.
    - `message` - What to say. Names the flow and the execution when not set.
  EOT
  type = object({
    subflow = object({
      namespace = string
      flow_id   = string
      inputs    = optional(map(object({ type = string })))
    })
    inputs  = optional(map(string), {})
    message = optional(string, "{{ flow.namespace }}.{{ flow.id }} failed in execution {{ execution.id }}.")
  })
  default = null

  validation {
    condition     = try(contains(keys(var.alert.subflow.inputs), "message"), true)
    error_message = "The alert goes to a subflow with an input message; ${try(var.alert.subflow.flow_id, "")} takes ${join(", ", try(keys(var.alert.subflow.inputs), []))}."
  }
  validation {
    condition     = length(try(setsubtract(keys(var.alert.inputs), keys(var.alert.subflow.inputs)), [])) == 0
    error_message = "alert.inputs are inputs of the subflow; it does not take ${join(", ", try(setsubtract(keys(var.alert.inputs), keys(var.alert.subflow.inputs)), []))}."
  }
}

variable "description" {
  description = "What the flow is for, as Markdown."
  type        = string
  default     = null
}

variable "disabled" {
  description = "Whether the flow is switched off: neither its triggers nor people can start it."
  type        = bool
  default     = false
  nullable    = false
}

variable "kestra_version" {
  description = "Kestra that the flow is for, such as `data.kestra_server.this.version`: the flow is checked against that line while planning, without a server. What both 1.3 and 2.0 accept when null."
  type        = string
  default     = null

  validation {
    condition     = var.kestra_version == null || can(regex("^(1\\.3|2\\.0)(\\.|$)", var.kestra_version))
    error_message = "kestra_version is a version of Kestra 1.3 or 2.0, such as 1.3.31; got \"${coalesce(var.kestra_version, "null")}\"."
  }
}

variable "labels" {
  description = "Labels of the flow and its executions."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "retry" {
  description = <<-EOT
    How each sync is retried. No retry when null.

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

  validation {
    condition     = alltrue([for duration in [try(var.retry.interval, "PT1M"), try(var.retry.max_interval, "PT1M")] : can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", duration)) && !can(regex("(P|T)$", duration))])
    error_message = "retry.interval and retry.max_interval are ISO 8601 durations of days, hours, minutes and seconds, such as PT1M; got \"${try(var.retry.interval, "")}\" and \"${try(var.retry.max_interval, "")}\"."
  }
  validation {
    condition     = try(var.retry.max_attempts >= 1 && floor(var.retry.max_attempts) == var.retry.max_attempts, var.retry == null)
    error_message = "retry.max_attempts is a whole number, 1 or more; got ${try(var.retry.max_attempts, "null")}."
  }
  validation {
    condition     = try(contains(["constant", "exponential"], var.retry.type), var.retry == null)
    error_message = "retry.type is constant or exponential; got \"${try(var.retry.type, "null")}\"."
  }
}

variable "tasks" {
  description = "Tasks that run after the syncs, in their order: one JSON document each."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "triggers" {
  description = "Triggers that start the flow: one JSON document each, such as the output `trigger` of a module `trigger-…`."
  type        = list(string)
  default     = []
  nullable    = false
}
