variable "id" {
  description = "Id of the task, unique within its flow."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", var.id)) && length(var.id) <= 256
    error_message = "A task id has up to 256 letters, digits, underscores and dashes, and begins with a letter or digit; got \"${var.id}\"."
  }
}

variable "kestra_version" {
  description = "Kestra that the task is for, such as `data.kestra_server.this.version`: `ForEach` in 1.3, `Loop` in 2.0."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(1\\.3|2\\.0)(\\.|$)", var.kestra_version))
    error_message = "kestra_version is a version of Kestra 1.3 or 2.0, such as 1.3.31; got \"${var.kestra_version}\"."
  }
}

variable "tasks" {
  description = "Tasks that run for each value, one after the other: one JSON document each."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.tasks) > 0
    error_message = "A loop has at least one task; got an empty list."
  }
  validation {
    condition     = alltrue([for task in var.tasks : can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id)) && can(regex(".", jsondecode(task).type))])
    error_message = "A task is a JSON document with a type and an id of letters, digits, underscores and dashes; got ${join(", ", [for task in var.tasks : task if !can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id)) || !can(regex(".", jsondecode(task).type))])}."
  }
}

variable "values" {
  description = "The values: a list as JSON, such as `jsonencode([\"eu\", \"us\"])`, or an expression that gives one, such as `{{ inputs.regions }}`."
  type        = string
  nullable    = false

  validation {
    condition     = can(tolist(jsondecode(var.values))) || can(regex("^\\{\\{.+\\}\\}$", var.values))
    error_message = "values is a list as JSON, or an expression in braces; got ${var.values}."
  }
}

variable "allow_failure" {
  description = "Whether the flow goes on when the task failed. The execution then ends with a warning."
  type        = bool
  default     = false
  nullable    = false
}

variable "concurrent" {
  description = "How many values are worked on at once; 0 means all of them."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.concurrent >= 0 && floor(var.concurrent) == var.concurrent
    error_message = "concurrent is a whole number, 0 or more; got ${var.concurrent}."
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

variable "errors" {
  description = "Tasks that run when one of the others failed: one JSON document each."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for task in var.errors : can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id)) && can(regex(".", jsondecode(task).type))])
    error_message = "A task is a JSON document with a type and an id of letters, digits, underscores and dashes; got ${join(", ", [for task in var.errors : task if !can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id)) || !can(regex(".", jsondecode(task).type))])}."
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
