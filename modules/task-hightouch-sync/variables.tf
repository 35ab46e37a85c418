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
  # Of the whole object: a host shows the values that a condition names.
  validation {
    condition     = alltrue([for hightouch in [var.hightouch] : can(regex("^[A-Za-z0-9_.-]+$", hightouch.token_secret))])
    error_message = "hightouch.token_secret is the name of a Kestra secret: letters, digits, underscores, dots and dashes. Never put the token itself there."
  }
}

variable "id" {
  description = "Id of the task, unique within its flow. With several syncs it is that of their group, and each has its own name behind it."
  type        = string
  default     = "hightouch"
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", var.id)) && length(var.id) <= 256
    error_message = "A task id has up to 256 letters, digits, underscores and dashes, and begins with a letter or digit; got \"${var.id}\"."
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
