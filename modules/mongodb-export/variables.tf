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

variable "mongodb" {
  description = <<-EOT
    The documents to export.

    - `uri_secret` - Name of the Kestra secret that holds the connection string, with user and password in it.
    - `database`   - Database to read.
    - `collection` - Collection to read.
    - `filter`     - Which documents, as JSON in MongoDB's query language. All when not set.
    - `limit`      - How many documents at most.
    - `projection` - Which fields, as JSON. All when not set.
    - `sort`       - In which order, as JSON.
  EOT
  type = object({
    uri_secret = optional(string, "MONGODB_URI")
    database   = string
    collection = string
    filter     = optional(string)
    limit      = optional(number)
    projection = optional(string)
    sort       = optional(string)
  })
  nullable = false

  # Of the whole object: a host shows the values that a condition names.
  validation {
    condition     = alltrue([for mongodb in [var.mongodb] : can(regex("^[A-Za-z0-9_.-]+$", mongodb.uri_secret))])
    error_message = "mongodb.uri_secret is the name of a Kestra secret: letters, digits, underscores, dots and dashes. Never put the connection string itself there."
  }
  validation {
    condition     = alltrue([for name in [var.mongodb.database, var.mongodb.collection] : can(regex("^[^\\s$]+$", name))])
    error_message = "mongodb.database and mongodb.collection are names without spaces; got \"${coalesce(var.mongodb.database, "null")}\" and \"${coalesce(var.mongodb.collection, "null")}\"."
  }
  validation {
    condition     = alltrue([for document in [var.mongodb.filter, var.mongodb.projection, var.mongodb.sort] : document == null || can(keys(jsondecode(document)))])
    error_message = "mongodb.filter, projection and sort are objects in JSON; got ${join(" and ", [for document in compact([var.mongodb.filter, var.mongodb.projection, var.mongodb.sort]) : document if !can(keys(jsondecode(document)))])}."
  }
  validation {
    condition     = var.mongodb.limit == null || try(var.mongodb.limit >= 1 && floor(var.mongodb.limit) == var.mongodb.limit, false)
    error_message = "mongodb.limit is a whole number, 1 or more; got ${coalesce(var.mongodb.limit, "null")}."
  }
}

variable "to" {
  description = "Address of the file to write: `s3://bucket/path` or `gs://bucket/path`. Expressions name the file of an execution, such as `{{ execution.startDate | date('yyyy-MM-dd') }}`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(s3|gs)://[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]/.*[^/]$", var.to))
    error_message = "The address is s3://bucket/path or gs://bucket/path, and ends with the name of a file; got \"${var.to}\"."
  }
  validation {
    condition     = !startswith(var.to, "gs://") || var.gcp != null
    error_message = "A file in Cloud Storage needs gcp, the project; got \"${var.to}\" alone."
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

variable "aws" {
  description = <<-EOT
    Who asks Amazon Web Services, and where, for an `s3://` address. The account that Kestra itself runs as when empty.

    - `access_key_secret` - Name of the Kestra secret that holds the id of an access key.
    - `endpoint`          - Address of a service that speaks S3 and is not Amazon's.
    - `region`            - Region of the buckets, such as `eu-central-1`.
    - `role_arn`          - Role to take on.
    - `secret_key_secret` - Name of the Kestra secret that holds the access key itself.
  EOT
  type = object({
    access_key_secret = optional(string)
    endpoint          = optional(string)
    region            = optional(string)
    role_arn          = optional(string)
    secret_key_secret = optional(string)
  })
  default  = {}
  nullable = false
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

variable "gcp" {
  description = <<-EOT
    The Google Cloud project of a `gs://` address, and who works in it.

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
  default = null
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
