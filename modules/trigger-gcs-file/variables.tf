variable "from" {
  description = "Folder to watch, such as `gs://company-inbox/orders/`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(gs://[^/]+/|\\{\\{)", var.from))
    error_message = "from is a folder such as gs://bucket/folder/, or an expression; got \"${var.from}\"."
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
  description = "Expressions without braces, all of which must be true, such as `kv('open') == 'yes'`. Needs `kestra_version`: they are `conditions` in 1.3 and `when` in 2.0."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "disabled" {
  description = "Whether the trigger is switched off. The flow itself can still be started."
  type        = bool
  default     = false
  nullable    = false
}

variable "interval" {
  description = "How often to look, as an ISO 8601 duration such as `PT5M`. Every minute when null."
  type        = string
  default     = null

  validation {
    condition     = var.interval == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", var.interval)) && !can(regex("(P|T)$", var.interval))
    error_message = "interval is an ISO 8601 duration of days, hours, minutes and seconds, such as PT5M; got \"${coalesce(var.interval, "null")}\"."
  }
}

variable "kestra_version" {
  description = "Kestra that the trigger is for, such as `data.kestra_server.this.version`. Needed with `conditions`."
  type        = string
  default     = null
}

variable "max_files" {
  description = "How many files one execution gets at most. Kestra's default when null."
  type        = number
  default     = null

  validation {
    condition     = var.max_files == null ? true : var.max_files >= 1 && floor(var.max_files) == var.max_files
    error_message = "max_files is a whole number, 1 or more; got ${coalesce(var.max_files, 0)}."
  }
}

variable "move_to" {
  description = "Folder into which the files are moved when they start the flow, so that they do so once. They stay when null."
  type        = string
  default     = null

  validation {
    condition     = var.move_to == null || can(regex("^(gs://[^/]+/|\\{\\{)", var.move_to))
    error_message = "move_to is a folder such as gs://bucket/done/, or an expression; got \"${coalesce(var.move_to, "null")}\"."
  }
  validation {
    condition     = var.move_to == null || var.move_to != var.from
    error_message = "move_to is another folder than from; got \"${coalesce(var.move_to, "null")}\" for both."
  }
}

variable "pattern" {
  description = "Regular expression of the whole path of a file, such as `.*\\\\.csv`. All files when null."
  type        = string
  default     = null

  validation {
    condition     = var.pattern == null || can(regexall(var.pattern, ""))
    error_message = "pattern is a regular expression; got \"${coalesce(var.pattern, "null")}\"."
  }
}
