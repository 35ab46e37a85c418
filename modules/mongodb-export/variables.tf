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

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]+$", var.mongodb.uri_secret))
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

  validation {
    condition     = try(contains(keys(var.alert.subflow.inputs), "message"), true)
    error_message = "The alert goes to a subflow with an input message; ${try(var.alert.subflow.flow_id, "")} takes ${join(", ", try(keys(var.alert.subflow.inputs), []))}."
  }
  validation {
    condition     = length(try(setsubtract(keys(var.alert.inputs), keys(var.alert.subflow.inputs)), [])) == 0
    error_message = "alert.inputs are inputs of the subflow; it does not take ${join(", ", try(setsubtract(keys(var.alert.inputs), keys(var.alert.subflow.inputs)), []))}."
  }
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

  validation {
    condition     = alltrue([for name in [var.aws.access_key_secret, var.aws.secret_key_secret] : name == null || can(regex("^[A-Za-z0-9_.-]+$", name))])
    error_message = "aws.access_key_secret and aws.secret_key_secret are names of Kestra secrets: letters, digits, underscores, dots and dashes. Never put a key itself there."
  }
  validation {
    condition     = (var.aws.access_key_secret == null) == (var.aws.secret_key_secret == null)
    error_message = "aws.access_key_secret and aws.secret_key_secret belong together; only ${var.aws.access_key_secret == null ? "secret_key_secret" : "access_key_secret"} is set."
  }
  validation {
    condition     = var.aws.region == null || can(regex("^[a-z0-9-]+$", var.aws.region))
    error_message = "aws.region is a region such as eu-central-1; got \"${coalesce(var.aws.region, "null")}\"."
  }
  validation {
    condition     = var.aws.endpoint == null || can(regex("^(https?://|\\{\\{)", var.aws.endpoint))
    error_message = "aws.endpoint begins with https://, http:// or an expression; got \"${coalesce(var.aws.endpoint, "null")}\"."
  }
  validation {
    condition     = var.aws.role_arn == null || can(regex("^arn:aws[a-z-]*:iam::", var.aws.role_arn))
    error_message = "aws.role_arn begins with arn:aws:iam::; got \"${coalesce(var.aws.role_arn, "null")}\"."
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

  validation {
    condition     = var.gcp == null || can(regex("^([a-z][a-z0-9-]{4,28}[a-z0-9]|\\{\\{.+\\}\\})$", var.gcp.project_id))
    error_message = "gcp.project_id has 6 to 30 lowercase letters, digits and dashes, or is an expression; got \"${try(coalesce(var.gcp.project_id, "null"), "null")}\"."
  }
  validation {
    condition     = try(var.gcp.location, null) == null || can(regex("^[A-Za-z0-9-]+$", var.gcp.location))
    error_message = "gcp.location is a location such as EU or europe-west3; got \"${try(coalesce(var.gcp.location, "null"), "null")}\"."
  }
  validation {
    condition     = try(var.gcp.impersonate, null) == null || can(regex("^[^@\\s]+@[^@\\s]+$", var.gcp.impersonate))
    error_message = "gcp.impersonate is the e-mail address of a service account; got \"${try(coalesce(var.gcp.impersonate, "null"), "null")}\"."
  }
  validation {
    condition     = try(var.gcp.service_account_secret, null) == null || can(regex("^[A-Za-z0-9_.-]+$", var.gcp.service_account_secret))
    error_message = "gcp.service_account_secret is the name of a Kestra secret: letters, digits, underscores, dots and dashes. Never put the key itself there."
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

variable "triggers" {
  description = "Triggers that start the flow: one JSON document each, such as the output `trigger` of a module `trigger-…`."
  type        = list(string)
  default     = []
  nullable    = false
}
