variable "airbyte" {
  description = <<-EOT
    The Airbyte connections to sync, all at the same time.

    - `connections`  - Ids of the connections, as their pages in Airbyte show them in the address, by names that you choose.
    - `max_duration` - How long to wait for a sync, as an ISO 8601 duration. Kestra's default is `PT60M`.
    - `secrets`      - Names of the Kestra secrets to log in with: `client_id` and `client_secret`, or `username` and
                       `password`, or `token`. No login when none is given.
    - `url`          - Address of the Airbyte API. Read from the namespace's KV entry `airbyte_url` when not set.
  EOT
  type = object({
    connections  = map(string)
    max_duration = optional(string)
    secrets = optional(object({
      client_id     = optional(string)
      client_secret = optional(string)
      password      = optional(string)
      token         = optional(string)
      username      = optional(string)
    }), {})
    url = optional(string, "{{ kv('airbyte_url') }}")
  })
  nullable = false

  validation {
    condition     = length(var.airbyte.connections) > 0
    error_message = "There is at least one connection in airbyte.connections; got none."
  }
  validation {
    condition     = alltrue([for name in keys(var.airbyte.connections) : can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", name))])
    error_message = "The names of airbyte.connections have only letters, digits, underscores and dashes; got \"${join("\", \"", keys(var.airbyte.connections))}\"."
  }
  validation {
    condition     = alltrue([for id in values(var.airbyte.connections) : can(regex("^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\\{\\{.+\\}\\})$", id))])
    error_message = "The id of a connection is a UUID or an expression; got ${join(", ", [for name, id in var.airbyte.connections : "${name} = \"${coalesce(id, "null")}\""])}."
  }
  validation {
    condition     = var.airbyte.max_duration == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", var.airbyte.max_duration)) && !can(regex("(P|T)$", var.airbyte.max_duration))
    error_message = "airbyte.max_duration is an ISO 8601 duration of days, hours, minutes and seconds, such as PT90M; got \"${coalesce(var.airbyte.max_duration, "null")}\"."
  }
  validation {
    condition     = contains(["", "client_id client_secret", "password username", "token"], join(" ", [for login, name in var.airbyte.secrets : login if name != null]))
    error_message = "airbyte.secrets are client_id and client_secret, or username and password, or token; got ${join(", ", [for login, name in var.airbyte.secrets : login if name != null])}."
  }
  validation {
    condition     = alltrue([for name in values(var.airbyte.secrets) : name == null || can(regex("^[A-Za-z0-9_.-]+$", name))])
    error_message = "airbyte.secrets holds names of Kestra secrets: letters, digits, underscores, dots and dashes. Never put a secret itself there; the value given for ${join(", ", [for login, name in var.airbyte.secrets : login if !can(regex("^[A-Za-z0-9_.-]+$", name)) && name != null])} is not such a name."
  }
}

variable "id" {
  description = "Id of the task, unique within its flow. With several connections it is that of their group, and each has its own name behind it."
  type        = string
  default     = "airbyte"
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
