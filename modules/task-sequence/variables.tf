variable "id" {
  description = "Id of the task, unique within its flow."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", var.id)) && length(var.id) <= 256
    error_message = "A task id has up to 256 letters, digits, underscores and dashes, and begins with a letter or digit; got \"${var.id}\"."
  }
}

variable "tasks" {
  description = "Tasks that run one after the other: one JSON document each."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.tasks) > 0
    error_message = "A sequence has at least one task; got an empty list."
  }
  validation {
    condition     = alltrue([for task in var.tasks : can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id)) && can(regex(".", jsondecode(task).type))])
    error_message = "A task is a JSON document with a type and an id of letters, digits, underscores and dashes; got ${join(", ", [for task in var.tasks : task if !can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id)) || !can(regex(".", jsondecode(task).type))])}."
  }
}

variable "allow_failure" {
  description = "Whether the flow goes on when one of the tasks failed; those behind it in the sequence do not run. The execution then ends with a warning."
  type        = bool
  default     = false
  nullable    = false
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

variable "finally" {
  description = "Tasks that run at the end, whether the others failed or not: one JSON document each."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for task in var.finally : can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id)) && can(regex(".", jsondecode(task).type))])
    error_message = "A task is a JSON document with a type and an id of letters, digits, underscores and dashes; got ${join(", ", [for task in var.finally : task if !can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id)) || !can(regex(".", jsondecode(task).type))])}."
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
