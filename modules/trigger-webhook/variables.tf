variable "id" {
  description = "Id of the trigger, unique within its flow."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", var.id)) && length(var.id) <= 256
    error_message = "A trigger id has up to 256 letters, digits, underscores and dashes, and begins with a letter or digit; got \"${var.id}\"."
  }
}

variable "key_secret" {
  description = "Name of the Kestra secret that holds the key of the address, which is all that protects it. Whoever knows the key can start the flow."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]+$", var.key_secret))
    error_message = "key_secret is the name of a Kestra secret: letters, digits, underscores, dots and dashes. Never put the key itself there."
  }
}

variable "conditions" {
  description = "Expressions without braces, all of which must be true, such as `trigger.body.action == 'opened'`. Needs `kestra_version`: they are `conditions` in 1.3 and `when` in 2.0."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "disabled" {
  description = "Whether the trigger is switched off. The flow itself can still be started."
  type        = bool
  default     = false
  nullable    = false
}

variable "inputs" {
  description = "Inputs of the executions that it starts, by input id. Kestra reads the text as the type of the input; give lists and objects with `jsonencode`. What the caller sent is at hand as `{{ trigger.body }}`, `{{ trigger.headers }}` and `{{ trigger.parameters }}`."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "kestra_version" {
  description = "Kestra that the trigger is for, such as `data.kestra_server.this.version`. Needed with `conditions`."
  type        = string
  default     = null
}

variable "wait" {
  description = "What the caller waits for: `END`, the end of the execution, or `OUTPUTS`, its outputs too. It gets an answer at once when null."
  type        = string
  default     = null

  validation {
    condition     = var.wait == null ? true : contains(["END", "OUTPUTS"], var.wait)
    error_message = "wait is END or OUTPUTS; got \"${coalesce(var.wait, "null")}\"."
  }
}
