variable "id" {
  description = "Id of the flow. Another id is another flow: the old one is destroyed."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9._-]*$", var.id)) && length(var.id) <= 100
    error_message = "A flow id has up to 100 letters, digits, dots, underscores and dashes, and begins with a letter or digit; got \"${var.id}\"."
  }
  validation {
    condition     = !contains(["pause", "resume", "force-run", "change-status", "kill", "executions", "search", "source", "disable", "enable"], var.id)
    error_message = "Kestra 1.3 keeps this flow id for itself: \"${var.id}\"."
  }
}

variable "namespace" {
  description = "Namespace of the flow. Another namespace means another flow: the old one is destroyed."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9._-]*$", var.namespace)) && length(var.namespace) <= 150
    error_message = "A namespace has up to 150 lowercase letters, digits, dots, underscores and dashes, and begins with a letter or digit; got \"${var.namespace}\"."
  }
}

variable "tasks" {
  description = "Tasks in the order of their execution: one JSON document each, with Kestra's own property names."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.tasks) > 0
    error_message = "A flow has at least one task; got an empty list."
  }
  validation {
    condition     = alltrue([for task in var.tasks : can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id))])
    error_message = "A task is a JSON document whose id has only letters, digits, underscores and dashes; got ${join(", ", [for task in var.tasks : task if !can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id))])}."
  }
  validation {
    condition     = alltrue([for task in var.tasks : can(regex(".", jsondecode(task).type))])
    error_message = "A task has a type; got ${join(", ", [for task in var.tasks : task if !can(regex(".", jsondecode(task).type))])}."
  }
  validation {
    condition     = length(distinct([for task in concat(var.tasks, var.errors, var.finally) : try(jsondecode(task).id, task)])) == length(concat(var.tasks, var.errors, var.finally))
    error_message = "Task ids are unique among tasks, errors and finally; got ${join(", ", [for task in concat(var.tasks, var.errors, var.finally) : try(jsondecode(task).id, task)])}."
  }
}

variable "concurrency" {
  description = <<-EOT
    How many executions of the flow may run at once. No limit when null.

    - `limit`    - Number of executions, 1 or more.
    - `behavior` - What happens to one more: `QUEUE` (Kestra's default), `CANCEL` or `FAIL`.
  EOT
  type = object({
    limit    = number
    behavior = optional(string)
  })
  default = null

  validation {
    condition     = try(var.concurrency.limit >= 1 && floor(var.concurrency.limit) == var.concurrency.limit, var.concurrency == null)
    error_message = "concurrency.limit is a whole number, 1 or more; got ${coalesce(try(var.concurrency.limit, null), "null")}."
  }
  validation {
    condition     = try(contains(["QUEUE", "CANCEL", "FAIL"], var.concurrency.behavior), try(var.concurrency.behavior, null) == null)
    error_message = "concurrency.behavior is QUEUE, CANCEL or FAIL; got \"${coalesce(try(var.concurrency.behavior, null), "null")}\"."
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

variable "errors" {
  description = "Tasks that run when another one failed: one JSON document each."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for task in var.errors : can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id))])
    error_message = "A task is a JSON document whose id has only letters, digits, underscores and dashes; got ${join(", ", [for task in var.errors : task if !can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id))])}."
  }
  validation {
    condition     = alltrue([for task in var.errors : can(regex(".", jsondecode(task).type))])
    error_message = "A task has a type; got ${join(", ", [for task in var.errors : task if !can(regex(".", jsondecode(task).type))])}."
  }
}

variable "finally" {
  description = "Tasks that run at the end, whether the others failed or not: one JSON document each."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for task in var.finally : can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id))])
    error_message = "A task is a JSON document whose id has only letters, digits, underscores and dashes; got ${join(", ", [for task in var.finally : task if !can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id))])}."
  }
  validation {
    condition     = alltrue([for task in var.finally : can(regex(".", jsondecode(task).type))])
    error_message = "A task has a type; got ${join(", ", [for task in var.finally : task if !can(regex(".", jsondecode(task).type))])}."
  }
}

variable "inputs" {
  description = <<-EOT
    What an execution may be started with.

    - `id`           - Name of the input, for `{{ inputs.<id> }}`.
    - `type`         - Kestra's type: `STRING`, `INT`, `BOOL`, `SELECT`, `FILE`, ...
    - `defaults`     - Value when none is given. Text; JSON for `ARRAY`, `BOOL`, `FLOAT`, `INT`, `JSON` and `MULTISELECT`.
    - `description`  - What the input is for.
    - `display_name` - Name that people see in forms.
    - `item_type`    - Type of the items of an `ARRAY`.
    - `max`, `min`   - Bounds of an `INT` or `FLOAT`.
    - `required`     - Whether a value must be given. True when not set.
    - `validator`    - Regular expression that a `STRING` must match.
    - `values`       - Choices of a `SELECT` or `MULTISELECT`.
  EOT
  type = list(object({
    id           = string
    type         = string
    defaults     = optional(string)
    description  = optional(string)
    display_name = optional(string)
    item_type    = optional(string)
    max          = optional(number)
    min          = optional(number)
    required     = optional(bool)
    validator    = optional(string)
    values       = optional(list(string))
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for input in var.inputs : can(regex("^[a-zA-Z0-9][.a-zA-Z0-9_-]*$", input.id))])
    error_message = "An input id has only letters, digits, dots, underscores and dashes, and begins with a letter or digit; got \"${join("\", \"", var.inputs[*].id)}\"."
  }
  validation {
    condition     = length(distinct(var.inputs[*].id)) == length(var.inputs)
    error_message = "Input ids are unique; got ${join(", ", var.inputs[*].id)}."
  }
  validation {
    condition     = length(setsubtract(var.inputs[*].type, ["ARRAY", "BOOL", "DATE", "DATETIME", "DURATION", "EMAIL", "FILE", "FLOAT", "INT", "JSON", "MULTISELECT", "SECRET", "SELECT", "STRING", "TIME", "URI", "YAML"])) == 0
    error_message = "An input type is one that both Kestra 1.3 and 2.0 know; got ${join(", ", var.inputs[*].type)}."
  }
  validation {
    condition     = alltrue([for input in var.inputs : input.defaults == null || !contains(["ARRAY", "BOOL", "FLOAT", "INT", "JSON", "MULTISELECT"], input.type) || can(jsondecode(input.defaults))])
    error_message = "The default of an ARRAY, BOOL, FLOAT, INT, JSON or MULTISELECT is JSON; got ${join(", ", [for input in var.inputs : "${input.id} = ${input.defaults}" if input.defaults != null])}."
  }
  validation {
    condition     = alltrue([for input in var.inputs : input.defaults == null || input.required != false])
    error_message = "An input with a default is always given a value, so it cannot have required = false; got ${join(", ", [for input in var.inputs : input.id if input.defaults != null && input.required == false])}."
  }
  validation {
    condition     = alltrue([for input in var.inputs : contains(["SELECT", "MULTISELECT"], input.type) == (input.values != null)])
    error_message = "A SELECT or MULTISELECT, and no other input, has values; got ${join(", ", [for input in var.inputs : "${input.id} (${input.type})" if contains(["SELECT", "MULTISELECT"], input.type) != (input.values != null)])}."
  }
  validation {
    condition     = alltrue([for input in var.inputs : (input.type == "ARRAY") == (input.item_type != null)])
    error_message = "An ARRAY, and no other input, has an item_type; got ${join(", ", [for input in var.inputs : "${input.id} (${input.type})" if(input.type == "ARRAY") != (input.item_type != null)])}."
  }
}

variable "labels" {
  description = "Labels of the flow and its executions. `system.readOnly = \"true\"` keeps people from editing the flow in Kestra's own editor."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.labels) : can(regex("^\\p{Ll}[\\p{L}0-9._-]*$", key))])
    error_message = "A label begins with a lowercase letter, followed by letters, digits, dots, underscores and dashes; got \"${join("\", \"", keys(var.labels))}\"."
  }
  validation {
    condition     = alltrue([for value in values(var.labels) : try(length(value) > 0, false)])
    error_message = "A label has a value; got none for ${join(", ", [for key, value in var.labels : key if !try(length(value) > 0, false)])}."
  }
  validation {
    condition     = alltrue([for key in keys(var.labels) : key == "system.readOnly" || !startswith(key, "system.")])
    error_message = "Only Kestra sets system labels, system.readOnly excepted; got ${join(", ", [for key in keys(var.labels) : key if startswith(key, "system.")])}."
  }
}

variable "properties" {
  description = "Flow properties without a variable of their own, as a JSON document by Kestra's names: `outputs`, `variables`, `retry`, `sla`, `checks`, `afterExecution`."
  type        = string
  default     = "{}"
  nullable    = false

  validation {
    condition     = can(keys(jsondecode(var.properties)))
    error_message = "The properties are a JSON object; got ${var.properties}."
  }
  validation {
    condition     = length(setsubtract(try(keys(jsondecode(var.properties)), []), ["afterExecution", "checks", "outputs", "retry", "sla", "variables"])) == 0
    error_message = "The properties are among afterExecution, checks, outputs, retry, sla and variables; got ${join(", ", try(keys(jsondecode(var.properties)), []))}."
  }
}

variable "triggers" {
  description = "Triggers that start the flow: one JSON document each, such as the output `trigger` of the module `trigger-schedule`."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for trigger in var.triggers : can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(trigger).id))])
    error_message = "A trigger is a JSON document whose id has only letters, digits, underscores and dashes; got ${join(", ", [for trigger in var.triggers : trigger if !can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(trigger).id))])}."
  }
  validation {
    condition     = alltrue([for trigger in var.triggers : can(regex(".", jsondecode(trigger).type))])
    error_message = "A trigger has a type; got ${join(", ", [for trigger in var.triggers : trigger if !can(regex(".", jsondecode(trigger).type))])}."
  }
  validation {
    condition     = length(distinct([for trigger in var.triggers : try(jsondecode(trigger).id, trigger)])) == length(var.triggers)
    error_message = "Trigger ids are unique; got ${join(", ", [for trigger in var.triggers : try(jsondecode(trigger).id, trigger)])}."
  }
}
