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

variable "bucket" {
  description = "Name of the Cloud Storage bucket that keeps the files, in a folder with the name of the flow."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9][a-z0-9._-]{1,61}[a-z0-9]|\\{\\{.+\\}\\})$", var.bucket))
    error_message = "A bucket is named with 3 to 63 lowercase letters, digits, dots, underscores and dashes, or is an expression; got \"${var.bucket}\"."
  }
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

variable "source_file" {
  description = <<-EOT
    The CSV file.

    - `url`         - Its address. Expressions choose the file, such as `{{ trigger.date | date('yyyy-MM') }}`.
    - `compression` - `GZIP` for a compressed file, `NONE` otherwise.
    - `delimiter`   - What stands between two columns.
    - `header`      - Whether its first line names the columns.
  EOT
  type = object({
    url         = string
    compression = optional(string, "NONE")
    delimiter   = optional(string, ",")
    header      = optional(bool, true)
  })
  nullable = false

  validation {
    condition     = can(regex("^(https?://|\\{\\{)", var.source_file.url))
    error_message = "source_file.url begins with https://, http:// or an expression; got \"${coalesce(var.source_file.url, "null")}\"."
  }
  validation {
    condition     = try(contains(["GZIP", "NONE"], var.source_file.compression), false)
    error_message = "source_file.compression is GZIP or NONE; got \"${coalesce(var.source_file.compression, "null")}\"."
  }
  validation {
    condition     = can(regex("^[^'\"\\\\\\s\\w]$|^[\\t ]$", var.source_file.delimiter))
    error_message = "source_file.delimiter is one character, and neither a letter, a digit, a quote nor a backslash; got \"${coalesce(var.source_file.delimiter, "null")}\"."
  }
}

variable "table" {
  description = <<-EOT
    The table that the rows go to. It is created when it is not there.

    - `name`    - Name of the table, with its dataset in front: `taxi.trips`.
    - `columns` - Columns in the order of the file: `name`, and `type` in the words of the database.
    - `key`     - Columns that make a row unique. All columns when empty: a row is then never changed, only added.
  EOT
  type = object({
    name    = string
    columns = list(object({ name = string, type = string }))
    key     = optional(list(string), [])
  })
  nullable = false

  validation {
    condition     = can(regex("^[A-Za-z_][A-Za-z0-9_]*\\.[A-Za-z_][A-Za-z0-9_]*$", var.table.name))
    error_message = "table.name is dataset.table, of letters, digits and underscores; got \"${coalesce(var.table.name, "null")}\"."
  }
  validation {
    condition     = length(var.table.columns) > 0 && alltrue([for column in var.table.columns : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", column.name))])
    error_message = "table.columns are one or more, with names of letters, digits and underscores; got ${jsonencode(var.table.columns[*].name)}."
  }
  validation {
    condition     = length(distinct([for column in concat(var.table.columns[*].name, ["row_id", "source_file"]) : lower(column)])) == length(var.table.columns) + 2
    error_message = "Names of columns are unique, and row_id and source_file are the module's own; got ${join(", ", var.table.columns[*].name)}."
  }
  validation {
    condition     = alltrue([for column in var.table.columns : can(regex("^[A-Za-z][A-Za-z0-9_ ]*(\\([0-9]+(, *[0-9]+)?\\))?[A-Za-z0-9_ ]*$", column.type))])
    error_message = "A type is such as STRING, INT64, TIMESTAMP or NUMERIC(10, 2); got ${join(", ", [for column in var.table.columns : coalesce(column.type, "null") if !can(regex("^[A-Za-z][A-Za-z0-9_ ]*(\\([0-9]+(, *[0-9]+)?\\))?[A-Za-z0-9_ ]*$", column.type))])}."
  }
  validation {
    condition     = length(setsubtract(var.table.key, var.table.columns[*].name)) == 0
    error_message = "table.key names columns of the table; got ${join(", ", setsubtract(var.table.key, var.table.columns[*].name))}."
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

variable "retry" {
  description = <<-EOT
    How every task is retried. No retry when null.

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

variable "triggers" {
  description = "Triggers that start the flow: one JSON document each, such as the output `trigger` of a module `trigger-…`."
  type        = list(string)
  default     = []
  nullable    = false
}
