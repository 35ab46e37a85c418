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

variable "subflow" {
  description = "Contract of the flow to start, such as `module.subflows.contracts[\"http-call\"]`: its `namespace` and `flow_id`, and its `inputs`, which are checked when they are there."
  type = object({
    namespace = string
    flow_id   = string
    inputs = optional(map(object({
      type     = string
      default  = optional(string)
      required = optional(bool, true)
    })))
  })
  nullable = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9._-]*$", var.subflow.namespace)) && can(regex("^[a-zA-Z0-9][a-zA-Z0-9._-]*$", var.subflow.flow_id))
    error_message = "The subflow is a namespace and the id of a flow in it; got \"${coalesce(var.subflow.namespace, "null")}\" and \"${coalesce(var.subflow.flow_id, "null")}\"."
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

variable "inputs" {
  description = "Inputs of the subflow, by id. Kestra reads the text as the type of the input; give lists and objects with `jsonencode`."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "labels" {
  description = "Labels of the flow and its executions."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "schedule" {
  description = <<-EOT
    How often the subflow is started, and between which hours.

    - `every`    - `hour`, `day`, `week` or `month`.
    - `from`     - First hour of the day in which it may start, from 0 on.
    - `to`       - Hour before which it starts, up to 24.
    - `timezone` - Time zone of the hours, such as `Europe/Paris`. As the server is configured when not set.
  EOT
  type = object({
    every    = optional(string, "day")
    from     = optional(number, 0)
    to       = optional(number, 24)
    timezone = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = try(contains(["day", "hour", "month", "week"], var.schedule.every), false)
    error_message = "schedule.every is hour, day, week or month; got \"${coalesce(var.schedule.every, "null")}\"."
  }
  validation {
    condition     = try(var.schedule.from >= 0 && var.schedule.from < var.schedule.to && var.schedule.to <= 24 && floor(var.schedule.from) == var.schedule.from && floor(var.schedule.to) == var.schedule.to, false)
    error_message = "schedule.from and schedule.to are whole hours with 0 <= from < to <= 24; got ${coalesce(var.schedule.from, "null")} and ${coalesce(var.schedule.to, "null")}."
  }
}
