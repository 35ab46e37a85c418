variable "expires" {
  description = "Day after which nobody needs the copy any more, such as `2030-01-31`: every flow has it as its label `sandbox-expires`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^\\d{4}-\\d{2}-\\d{2}$", var.expires)) && can(timeadd("${var.expires}T00:00:00Z", "0h"))
    error_message = "expires is a day such as 2030-01-31; got \"${var.expires}\"."
  }
}

variable "name" {
  description = "Name of the copy, such as `pr-42`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9_-]*$", var.name))
    error_message = "A name has lowercase letters, digits, underscores and dashes, and begins with a letter or digit; got \"${var.name}\"."
  }
}

variable "namespace" {
  description = "Namespace to copy, with all below it. `company.sales` becomes `sandbox.pr-42.company.sales`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9_-]*(\\.[a-z0-9_-]+)*$", var.namespace))
    error_message = "A namespace has lowercase letters, digits, underscores and dashes, with dots between its parts; got \"${var.namespace}\"."
  }
}

variable "sources" {
  description = "The flows to copy, as YAML, by keys of your choice, such as the names of their files."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for source in values(var.sources) : can(regex("^${replace(var.namespace, ".", "\\.")}(\\..+)?$", provider::kestra::flow_decode(source).namespace))])
    error_message = "A flow is YAML with a namespace that is ${var.namespace} or below it; got ${join(", ", [for key, source in var.sources : "${key} (${try(provider::kestra::flow_decode(source).namespace, "no namespace")})" if !can(regex("^${replace(var.namespace, ".", "\\.")}(\\..+)?$", provider::kestra::flow_decode(source).namespace))])}."
  }
}

variable "active_triggers" {
  description = "Types of triggers that stay as they are in the copy, such as `io.kestra.plugin.core.trigger.Flow`. All others are switched off."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for type in var.active_triggers : can(regex("^[a-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)+$", type))])
    error_message = "active_triggers are types of triggers, such as io.kestra.plugin.core.trigger.Flow; got ${join(", ", var.active_triggers)}."
  }
}

variable "files" {
  description = "Namespace files of the copy: by namespace, as the original has it, and path."
  type        = map(map(string))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for namespace in keys(var.files) : namespace == var.namespace || startswith(namespace, "${var.namespace}.")])
    error_message = "Files are copied to ${var.namespace} and the namespaces below it; got ${join(", ", keys(var.files))}."
  }
}

variable "kv_overrides" {
  description = <<-EOT
    KV entries of the copy: by namespace, as the original has it, and key. Entries of the original are not read: with its
    addresses, the copy would write where the original writes.

    - `value` - The value, as text.
    - `type`  - Kestra's type of it.
  EOT
  type = map(map(object({
    value = string
    type  = optional(string, "STRING")
  })))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for namespace in keys(var.kv_overrides) : namespace == var.namespace || startswith(namespace, "${var.namespace}.")])
    error_message = "KV entries belong to ${var.namespace} and the namespaces below it; got ${join(", ", keys(var.kv_overrides))}."
  }
}

variable "labels" {
  description = "Labels of the flows and their executions, beside those that the flows have."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "prefix" {
  description = "Namespace of all copies. It stands before the name."
  type        = string
  default     = "sandbox"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9_-]*(\\.[a-z0-9_-]+)*$", var.prefix))
    error_message = "A prefix is a namespace: lowercase letters, digits, underscores and dashes, with dots between its parts; got \"${var.prefix}\"."
  }
}
