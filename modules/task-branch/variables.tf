variable "id" {
  description = "Id of the task, unique within its flow."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", var.id)) && length(var.id) <= 256
    error_message = "A task id has up to 256 letters, digits, underscores and dashes, and begins with a letter or digit; got \"${var.id}\"."
  }
}

variable "allow_failure" {
  description = "Whether the flow goes on when the task failed. The execution then ends with a warning."
  type        = bool
  default     = false
  nullable    = false
}

variable "cases" {
  description = "Tasks for each text that `value` can be: one JSON document each. Needs `value`."
  type        = map(list(string))
  default     = {}
  nullable    = false

  validation {
    condition     = (length(var.cases) > 0) == (var.value != null)
    error_message = "A value and its cases belong together; got ${var.value == null ? "no value" : "the value ${var.value}"} and ${length(var.cases)} cases."
  }
  validation {
    condition     = alltrue([for task in flatten(values(var.cases)) : can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id)) && can(regex(".", jsondecode(task).type))])
    error_message = "A task is a JSON document with a type and an id of letters, digits, underscores and dashes; got ${join(", ", [for task in flatten(values(var.cases)) : task if !can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id)) || !can(regex(".", jsondecode(task).type))])}."
  }
}

variable "condition" {
  description = "Expression without braces that decides between `then` and `otherwise`, such as `outputs.count.size > 0`. Either this or `value`."
  type        = string
  default     = null

  validation {
    condition     = (var.condition == null) != (var.value == null)
    error_message = "A branch has either a condition or a value; got ${var.condition == null ? "none" : "both ${var.condition} and ${coalesce(var.value, "null")}"}."
  }
  validation {
    condition     = var.condition == null || can(provider::kestra::expr(var.condition))
    error_message = "condition is an expression without braces; got \"${coalesce(var.condition, "null")}\"."
  }
}

variable "description" {
  description = "What the task is for, as Markdown."
  type        = string
  default     = null
}

variable "disabled" {
  description = "Whether the task is left out."
  type        = bool
  default     = false
  nullable    = false
}

variable "otherwise" {
  description = "Tasks that run when the condition is false, or the value is none of the cases: one JSON document each."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for task in var.otherwise : can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id)) && can(regex(".", jsondecode(task).type))])
    error_message = "A task is a JSON document with a type and an id of letters, digits, underscores and dashes; got ${join(", ", [for task in var.otherwise : task if !can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id)) || !can(regex(".", jsondecode(task).type))])}."
  }
}

variable "run_if" {
  description = "Expression without braces; the task is skipped when it is false, such as `inputs.full == true`. It always runs when null."
  type        = string
  default     = null

  validation {
    condition     = var.run_if == null || can(provider::kestra::expr(var.run_if))
    error_message = "run_if is an expression without braces; got \"${coalesce(var.run_if, "null")}\"."
  }
}

variable "then" {
  description = "Tasks that run when the condition is true: one JSON document each. Needs `condition`."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = (length(var.then) > 0) == (var.condition != null)
    error_message = "A condition and the tasks then belong together; got ${var.condition == null ? "no condition" : "the condition ${var.condition}"} and ${length(var.then)} tasks."
  }
  validation {
    condition     = alltrue([for task in var.then : can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id)) && can(regex(".", jsondecode(task).type))])
    error_message = "A task is a JSON document with a type and an id of letters, digits, underscores and dashes; got ${join(", ", [for task in var.then : task if !can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id)) || !can(regex(".", jsondecode(task).type))])}."
  }
}

variable "value" {
  description = "Expression without braces whose text picks one of the `cases`, such as `inputs.region`. Either this or `condition`."
  type        = string
  default     = null

  validation {
    condition     = var.value == null || can(provider::kestra::expr(var.value))
    error_message = "value is an expression without braces; got \"${coalesce(var.value, "null")}\"."
  }
}
