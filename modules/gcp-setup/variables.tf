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

variable "buckets" {
  description = <<-EOT
    Buckets that shall be there, by name.

    - `labels`        - Labels of the bucket.
    - `storage_class` - `STANDARD`, `NEARLINE`, `COLDLINE` or `ARCHIVE`.
  EOT
  type = map(object({
    labels        = optional(map(string), {})
    storage_class = optional(string, "STANDARD")
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.buckets) : can(regex("^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$", name))])
    error_message = "A bucket is named with 3 to 63 lowercase letters, digits, dots, underscores and dashes; got ${join(", ", [for name in keys(var.buckets) : name if !can(regex("^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$", name))])}."
  }
  validation {
    condition     = alltrue([for bucket in values(var.buckets) : contains(["ARCHIVE", "COLDLINE", "NEARLINE", "STANDARD"], coalesce(bucket.storage_class, "null"))])
    error_message = "A storage class is ARCHIVE, COLDLINE, NEARLINE or STANDARD; got ${join(", ", [for bucket in values(var.buckets) : coalesce(bucket.storage_class, "null")])}."
  }
  validation {
    condition     = length(var.buckets) + length(var.datasets) > 0
    error_message = "There is nothing to set up: buckets and datasets are both empty."
  }
}

variable "datasets" {
  description = <<-EOT
    BigQuery datasets that shall be there, by name.

    - `description` - What the dataset is for.
    - `labels`      - Labels of the dataset.
    - `lifetime`    - How long its tables live, as an ISO 8601 duration. For ever when not set.
  EOT
  type = map(object({
    description = optional(string)
    labels      = optional(map(string), {})
    lifetime    = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.datasets) : can(regex("^[A-Za-z0-9_]+$", name)) && length(name) <= 1024])
    error_message = "A dataset is named with up to 1,024 letters, digits and underscores; got ${join(", ", keys(var.datasets))}."
  }
  validation {
    condition     = alltrue([for dataset in values(var.datasets) : dataset.lifetime == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", dataset.lifetime)) && !can(regex("(P|T)$", dataset.lifetime))])
    error_message = "A lifetime is an ISO 8601 duration of days, hours, minutes and seconds, such as P7D; got ${join(", ", compact(values(var.datasets)[*].lifetime))}."
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
