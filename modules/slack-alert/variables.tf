variable "id" {
  description = "Id of the flow."
  type        = string
  nullable    = false
}

variable "kestra_version" {
  description = "Version of the Kestra that runs the flow, such as `data.kestra_server.this.version`; 1.3 and 2.0 write this kind of trigger differently."
  type        = string
  nullable    = false
}

variable "namespace" {
  description = "Namespace of the flow that tells people, which need not be one of those that it watches."
  type        = string
  nullable    = false
}

variable "watch" {
  description = "Namespaces whose flows are watched, those of the namespaces in them included."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.watch) > 0 && length(distinct(var.watch)) == length(var.watch)
    error_message = "There is at least one namespace to watch, and none twice; got ${jsonencode(var.watch)}."
  }
  validation {
    condition     = alltrue([for namespace in var.watch : can(regex("^[a-z0-9][a-z0-9._-]*$", namespace))])
    error_message = "A namespace has lowercase letters, digits, dots, underscores and dashes; got ${join(", ", var.watch)}."
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

variable "labels" {
  description = "Labels of the flow and its executions."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "message" {
  description = "What to say above the card of the execution. `{{ trigger.namespace }}`, `{{ trigger.flowId }}`, `{{ trigger.state }}` and `{{ trigger.executionId }}` are those of the execution that failed."
  type        = string
  default     = "{{ trigger.namespace }}.{{ trigger.flowId }} is {{ trigger.state }} in execution {{ trigger.executionId }}."
  nullable    = false

  validation {
    condition     = length(trimspace(var.message)) > 0
    error_message = "The message says something; got \"${var.message}\"."
  }
}

variable "states" {
  description = "Which ends of an execution are worth a message."
  type        = list(string)
  default     = ["FAILED", "WARNING"]
  nullable    = false

  validation {
    condition     = length(var.states) > 0 && length(setsubtract(var.states, ["CANCELLED", "FAILED", "KILLED", "PAUSED", "SUCCESS", "WARNING"])) == 0
    error_message = "States are CANCELLED, FAILED, KILLED, PAUSED, SUCCESS and WARNING, one or more; got ${jsonencode(var.states)}."
  }
}

variable "webhook_secret" {
  description = "Name of the Kestra secret that holds the address of the Slack webhook; the webhook decides the channel."
  type        = string
  default     = "SLACK_WEBHOOK"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]+$", var.webhook_secret))
    error_message = "webhook_secret is the name of a Kestra secret: letters, digits, underscores, dots and dashes. Never put the address itself there."
  }
}
