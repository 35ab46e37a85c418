variable "namespace" {
  description = "The namespace, such as `company.sales`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9._-]*$", var.namespace)) && length(var.namespace) <= 150
    error_message = "A namespace has up to 150 lowercase letters, digits, dots, underscores and dashes, and begins with a letter or digit; got \"${var.namespace}\"."
  }
}

variable "description" {
  description = "What the namespace is for. Only the Enterprise edition keeps it; null leaves the namespace to whoever made it."
  type        = string
  default     = null
}

variable "files_path" {
  description = "Folder on this machine whose files become files of the namespace, under the same names, such as `\"$${path.module}/files\"`. None when null. They are UTF-8 texts."
  type        = string
  default     = null

  validation {
    condition     = var.files_path == null || length(fileset(coalesce(var.files_path, "."), "**")) > 0
    error_message = "files_path is a folder with files in it; got \"${coalesce(var.files_path, "null")}\"."
  }
}

variable "flows_path" {
  description = "Folder on this machine whose YAML files are flows of the namespace or of one in it, such as `\"$${path.module}/flows\"`. None when null."
  type        = string
  default     = null

  validation {
    condition     = var.flows_path == null || length(fileset(coalesce(var.flows_path, "."), "**/*.{yaml,yml}")) > 0
    error_message = "flows_path is a folder with files that end with .yaml or .yml; got \"${coalesce(var.flows_path, "null")}\"."
  }
}

variable "kv" {
  description = <<-EOT
    Entries of the key-value store, by key. They are for what differs between environments, never for a secret.

    - `value`       - The value, as text.
    - `description` - What the entry is for.
    - `ttl`         - How long the entry lives after each write, as an ISO 8601 duration. For ever when not set.
    - `type`        - `STRING`, `NUMBER`, `BOOLEAN`, `DATETIME`, `DATE`, `DURATION` or `JSON`.
  EOT
  type = map(object({
    value       = string
    description = optional(string)
    ttl         = optional(string)
    type        = optional(string, "STRING")
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.kv) : can(regex("^[A-Za-z0-9][A-Za-z0-9._-]*$", key))])
    error_message = "A key has letters, digits, dots, underscores and dashes; got ${join(", ", [for key in keys(var.kv) : key if !can(regex("^[A-Za-z0-9][A-Za-z0-9._-]*$", key))])}."
  }
  validation {
    condition     = alltrue([for entry in values(var.kv) : contains(["BOOLEAN", "DATE", "DATETIME", "DURATION", "JSON", "NUMBER", "STRING"], coalesce(entry.type, "null"))])
    error_message = "A type is BOOLEAN, DATE, DATETIME, DURATION, JSON, NUMBER or STRING; got ${join(", ", [for entry in values(var.kv) : coalesce(entry.type, "null")])}."
  }
  validation {
    condition     = alltrue([for entry in values(var.kv) : entry.ttl == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", entry.ttl)) && !can(regex("(P|T)$", entry.ttl))])
    error_message = "A ttl is an ISO 8601 duration of days, hours, minutes and seconds, such as P1D; got ${join(", ", compact(values(var.kv)[*].ttl))}."
  }
}

variable "secrets" {
  description = "Names of the Kestra secrets that the flows of the namespace read. The values are set in Kestra, by whoever knows them."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for name in var.secrets : can(regex("^[A-Za-z0-9_.-]+$", name))])
    error_message = "secrets holds names of Kestra secrets: letters, digits, underscores, dots and dashes. Never put a secret itself there."
  }
}
