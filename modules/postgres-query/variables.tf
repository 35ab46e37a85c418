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

variable "connection" {
  description = <<-EOT
    The PostgreSQL database.

    - `host`            - Name or address of the server, or an expression such as `{{ kv('warehouse_host') }}`.
    - `database`        - Database to connect to.
    - `username`        - User to log in as.
    - `password_secret` - Name of the Kestra secret that holds the password.
    - `port`            - Port of the server.
    - `ssl_mode`        - Whether the connection is encrypted, in PostgreSQL's own words: `disable`, `allow`, `prefer`,
                          `require`, `verify-ca` or `verify-full`.
  EOT
  type = object({
    host            = string
    database        = string
    username        = string
    password_secret = optional(string, "POSTGRES_PASSWORD")
    port            = optional(number, 5432)
    ssl_mode        = optional(string, "prefer")
  })
  nullable = false
}

variable "query" {
  description = <<-EOT
    What to ask the database: one statement.

    - `sql`        - The statement, such as `file("$${path.module}/orders.sql")`. Every character arrives as it is.
    - `fetch_type` - What becomes of the rows: `STORE` keeps them in a file of Kestra's storage, `FETCH` and `FETCH_ONE` in
                     the outputs of the execution, `NONE` nowhere.
    - `literal`    - Whether `{{ }}` in the statement is text. Kestra renders it when false.
    - `timeout`    - How long the statement may take, as an ISO 8601 duration.
  EOT
  type = object({
    sql        = string
    fetch_type = optional(string, "STORE")
    literal    = optional(bool, false)
    timeout    = optional(string)
  })
  nullable = false

  validation {
    condition     = length(trimspace(coalesce(var.query.sql, " "))) > 0
    error_message = "query.sql is a statement; got an empty text."
  }
  validation {
    condition     = !can(regex("(?s);[^'].", var.query.sql))
    error_message = "query.sql is one statement: Kestra's plugin sees a second one behind a semicolon, wherever it stands; got ${jsonencode(try(regex("(?s);[^'].{0,40}", var.query.sql), var.query.sql))}."
  }
  validation {
    condition     = try(contains(["FETCH", "FETCH_ONE", "NONE", "STORE"], var.query.fetch_type), false)
    error_message = "query.fetch_type is FETCH, FETCH_ONE, NONE or STORE; got \"${coalesce(var.query.fetch_type, "null")}\"."
  }
  validation {
    condition     = var.query.timeout == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", var.query.timeout)) && !can(regex("(P|T)$", var.query.timeout))
    error_message = "query.timeout is an ISO 8601 duration of days, hours, minutes and seconds, such as PT10M; got \"${coalesce(var.query.timeout, "null")}\"."
  }
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

variable "labels" {
  description = "Labels of the flow and its executions."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "parameters" {
  description = "Values for the names in the statement that begin with a colon, by name: `:region` takes that of `region`. They are sent beside the statement, so a value of an execution cannot change it."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(var.parameters) == 0 || length(setsubtract(flatten(regexall(":(\\w+)", var.query.sql)), keys(var.parameters))) == 0
    error_message = "With parameters, every word behind a colon is one, wherever it stands: write CAST(x AS date) for x::date. Without a value: ${join(", ", [for name in setsubtract(flatten(regexall(":(\\w+)", var.query.sql)), keys(var.parameters)) : ":${name}"])}."
  }
  validation {
    condition     = alltrue([for name in keys(var.parameters) : can(regex(":${name}\\b", var.query.sql))])
    error_message = "The statement has no ${join(", ", [for name in keys(var.parameters) : ":${name}" if !can(regex(":${name}\\b", var.query.sql))])}."
  }
}

variable "retry" {
  description = <<-EOT
    How the query is retried. No retry when null.

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

variable "tasks" {
  description = "Tasks that run after the query, in their order: one JSON document each. `{{ outputs.query.size }}` is the number of rows, `{{ outputs.query.uri }}` the file that holds them."
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
