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

variable "copies" {
  description = <<-EOT
    Objects to copy, all at the same time.

    - `id`            - Name of the copy, unique in the flow.
    - `from`          - The object: `bucket` and `key`. Expressions choose it, such as `{{ trigger.date | date('yyyy-MM-dd') }}`.
    - `to`            - Where it goes: `bucket` and `key`. The bucket or the key of `from` when not set.
    - `delete_source` - Whether the object is deleted when the copy is there: a move.
  EOT
  type = list(object({
    id            = string
    from          = object({ bucket = string, key = string })
    to            = object({ bucket = optional(string), key = optional(string) })
    delete_source = optional(bool, false)
  }))
  nullable = false

  validation {
    condition     = length(var.copies) > 0
    error_message = "There is at least one copy; got an empty list."
  }
  validation {
    condition     = alltrue([for copy in var.copies : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]*$", copy.id))]) && length(distinct(var.copies[*].id)) == length(var.copies)
    error_message = "Ids of copies have letters, digits, underscores and dashes, and are unique; got ${join(", ", [for copy in var.copies : coalesce(copy.id, "null")])}."
  }
  validation {
    condition     = alltrue([for copy in var.copies : alltrue([for bucket in compact([copy.from.bucket, copy.to.bucket]) : can(regex("^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9]|\\{\\{.+\\}\\})$", bucket))])])
    error_message = "A bucket is named with 3 to 63 lowercase letters, digits, dots and dashes, or is an expression; got ${join(", ", compact(flatten([for copy in var.copies : [copy.from.bucket, copy.to.bucket]])))}."
  }
  validation {
    condition     = alltrue([for key in flatten([for copy in var.copies : [copy.from.key, coalesce(copy.to.key, copy.from.key, "-")]]) : length(coalesce(key, " ")) > 0 && !can(regex("^[/\\s]", coalesce(key, " ")))])
    error_message = "A key begins with neither a slash nor a space; got ${jsonencode([for copy in var.copies : [copy.from.key, copy.to.key]])}."
  }
  validation {
    condition     = alltrue([for copy in var.copies : coalesce(copy.to.bucket, copy.from.bucket) != copy.from.bucket || coalesce(copy.to.key, copy.from.key) != copy.from.key])
    error_message = "A copy goes to another place; got ${join(", ", [for copy in var.copies : format("%s/%s", copy.from.bucket, copy.from.key)])}."
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
    Who asks Amazon Web Services, and where. The account that Kestra itself runs as when empty.

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

variable "labels" {
  description = "Labels of the flow and its executions."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "retry" {
  description = <<-EOT
    How each copy is retried. No retry when null.

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
  description = "Tasks that run after the copies, in their order: one JSON document each."
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
