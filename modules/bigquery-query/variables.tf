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

variable "gcp" {
  description = <<-EOT
    The Google Cloud project, and who works in it.

    - `project_id`             - Id of the project.
    - `location`               - Where its data is, such as `EU` or `europe-west3`. Google's default when not set.
    - `service_account_secret` - Name of the Kestra secret that holds the key of a service account, as JSON. The
                                 account that Kestra itself runs as when not set.
    - `impersonate`            - E-mail address of a service account to act as.
  EOT
  type = object({
    project_id             = string
    location               = optional(string)
    service_account_secret = optional(string)
    impersonate            = optional(string)
  })
  nullable = false
}

variable "query" {
  description = <<-EOT
    What to ask BigQuery: a statement or a script of statements.

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

variable "destination" {
  description = <<-EOT
    The table that the rows of the query are written to. None when null.

    - `table`       - Name of the table, as `dataset.table` or `project.dataset.table`.
    - `disposition` - What becomes of the rows that are there: `WRITE_TRUNCATE` replaces them, `WRITE_APPEND` keeps them,
                      `WRITE_EMPTY` fails.
  EOT
  type = object({
    table       = string
    disposition = optional(string, "WRITE_TRUNCATE")
  })
  default = null

  validation {
    condition     = var.destination == null || can(regex("^([a-z][a-z0-9-]{4,28}[a-z0-9]\\.)?[A-Za-z0-9_]+\\.[A-Za-z0-9_$]+$", var.destination.table))
    error_message = "destination.table is dataset.table or project.dataset.table; got \"${try(coalesce(var.destination.table, "null"), "null")}\"."
  }
  validation {
    condition     = var.destination == null || try(contains(["WRITE_APPEND", "WRITE_EMPTY", "WRITE_TRUNCATE"], var.destination.disposition), false)
    error_message = "destination.disposition is WRITE_APPEND, WRITE_EMPTY or WRITE_TRUNCATE; got \"${try(coalesce(var.destination.disposition, "null"), "null")}\"."
  }
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

variable "retry" {
  description = <<-EOT
    How the query is retried, for the hours when the project has no slots left. No retry when null.

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
