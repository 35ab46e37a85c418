variable "id" {
  description = "Id of the flow. Another id is another flow: the old one is destroyed."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9._-]*$", var.id)) && length(var.id) <= 100
    error_message = "A flow id has up to 100 letters, digits, dots, underscores and dashes, and begins with a letter or digit; got \"${var.id}\"."
  }
  validation {
    condition     = !contains(["pause", "resume", "force-run", "change-status", "kill", "executions", "search", "source", "disable", "enable"], var.id) || startswith(coalesce(var.kestra_version, "1.3"), "2.0")
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
  description = "Tasks in the order of their execution: one JSON document each, as `provider::kestra::task` and the modules of tasks make them."
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
    condition     = length(distinct(concat([for task in concat(var.tasks, var.errors, var.finally, var.after_execution) : try(jsondecode(task).id, task)], var.alert == null ? [] : ["alert"]))) == length(concat(var.tasks, var.errors, var.finally, var.after_execution)) + (var.alert == null ? 0 : 1)
    error_message = "Task ids are unique among tasks, errors, finally, after_execution and the alert; got ${join(", ", concat([for task in concat(var.tasks, var.errors, var.finally, var.after_execution) : try(jsondecode(task).id, task)], var.alert == null ? [] : ["alert"]))}."
  }
}

variable "after_execution" {
  description = "Tasks that run when the execution has ended, with its final state at hand: one JSON document each."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for task in var.after_execution : can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id))])
    error_message = "A task is a JSON document whose id has only letters, digits, underscores and dashes; got ${join(", ", [for task in var.after_execution : task if !can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", jsondecode(task).id))])}."
  }
  validation {
    condition     = alltrue([for task in var.after_execution : can(regex(".", jsondecode(task).type))])
    error_message = "A task has a type; got ${join(", ", [for task in var.after_execution : task if !can(regex(".", jsondecode(task).type))])}."
  }
}

variable "alert" {
  description = <<-EOT
    The subflow to call when a task failed, after what is in `errors`. No alert when null.

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

  validation {
    condition     = try(contains(keys(var.alert.subflow.inputs), "message"), true)
    error_message = "The alert goes to a subflow with an input message; ${try(var.alert.subflow.flow_id, "")} takes ${join(", ", try(keys(var.alert.subflow.inputs), []))}."
  }
  validation {
    condition     = length(try(setsubtract(keys(var.alert.inputs), keys(var.alert.subflow.inputs)), [])) == 0
    error_message = "alert.inputs are inputs of the subflow; it does not take ${join(", ", try(setsubtract(keys(var.alert.inputs), keys(var.alert.subflow.inputs)), []))}."
  }
}

variable "checks" {
  description = <<-EOT
    Conditions that an execution must meet before it starts.

    - `when`     - Expression without braces that is true when all is well, such as `inputs.limit > 0`.
    - `message`  - What people are told when it is not.
    - `behavior` - What happens then: `BLOCK_EXECUTION` (Kestra's default), `FAIL_EXECUTION` or `CREATE_EXECUTION`.
    - `style`    - How the message looks: `ERROR`, `INFO` (Kestra's default), `SUCCESS` or `WARNING`.
  EOT
  type = list(object({
    when     = string
    message  = string
    behavior = optional(string)
    style    = optional(string)
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for check in var.checks : can(provider::kestra::expr(check.when))])
    error_message = "checks.when is an expression without braces; got ${join(", ", [for check in var.checks : check.when if !can(provider::kestra::expr(check.when))])}."
  }
  validation {
    condition     = alltrue([for check in var.checks : length(check.message) > 0])
    error_message = "A check has a message; got none for ${join(", ", [for check in var.checks : check.when if length(check.message) == 0])}."
  }
  validation {
    condition     = alltrue([for check in var.checks : contains(["BLOCK_EXECUTION", "FAIL_EXECUTION", "CREATE_EXECUTION"], coalesce(check.behavior, "BLOCK_EXECUTION"))])
    error_message = "checks.behavior is BLOCK_EXECUTION, FAIL_EXECUTION or CREATE_EXECUTION; got ${join(", ", [for check in var.checks : check.behavior if check.behavior != null])}."
  }
  validation {
    condition     = alltrue([for check in var.checks : contains(["ERROR", "INFO", "SUCCESS", "WARNING"], coalesce(check.style, "INFO"))])
    error_message = "checks.style is ERROR, INFO, SUCCESS or WARNING; got ${join(", ", [for check in var.checks : check.style if check.style != null])}."
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

variable "kestra_version" {
  description = "Kestra that the flow is for, such as `data.kestra_server.this.version`: the flow is checked against that line while planning, without a server. What both 1.3 and 2.0 accept when null."
  type        = string
  default     = null

  validation {
    condition     = var.kestra_version == null || can(regex("^(1\\.3|2\\.0)(\\.|$)", var.kestra_version))
    error_message = "kestra_version is a version of Kestra 1.3 or 2.0, such as 1.3.31; got \"${coalesce(var.kestra_version, "null")}\"."
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

variable "outputs" {
  description = <<-EOT
    What an execution gives back to its caller.

    - `id`           - Name of the output.
    - `type`         - Kestra's type: `STRING`, `INT`, `BOOL`, `FILE`, ...
    - `value`        - The value; an expression, such as `{{ outputs.query.uri }}`.
    - `description`  - What it is.
    - `display_name` - Name that people see.
    - `required`     - Whether the execution fails when there is no value. True when not set.
  EOT
  type = list(object({
    id           = string
    type         = string
    value        = string
    description  = optional(string)
    display_name = optional(string)
    required     = optional(bool)
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for output in var.outputs : can(regex("^[a-zA-Z0-9][.a-zA-Z0-9_-]*$", output.id))])
    error_message = "An output id has only letters, digits, dots, underscores and dashes, and begins with a letter or digit; got \"${join("\", \"", var.outputs[*].id)}\"."
  }
  validation {
    condition     = length(distinct(var.outputs[*].id)) == length(var.outputs)
    error_message = "Output ids are unique; got ${join(", ", var.outputs[*].id)}."
  }
  validation {
    condition     = length(setsubtract(var.outputs[*].type, ["ARRAY", "BOOL", "DATE", "DATETIME", "DURATION", "EMAIL", "FILE", "FLOAT", "INT", "JSON", "MULTISELECT", "SECRET", "SELECT", "STRING", "TIME", "URI", "YAML"])) == 0
    error_message = "An output type is one that both Kestra 1.3 and 2.0 know; got ${join(", ", var.outputs[*].type)}."
  }
}

variable "properties" {
  description = "What only one line or edition of Kestra has, as a JSON document by Kestra's names: `pluginDefaults` and `workerGroup` of 1.3, `policyRefs`, `quotas` and `workerSelector` of 2.0."
  type        = string
  default     = "{}"
  nullable    = false

  validation {
    condition     = can(keys(jsondecode(var.properties)))
    error_message = "The properties are a JSON object; got ${var.properties}."
  }
  validation {
    condition     = length(setsubtract(try(keys(jsondecode(var.properties)), []), ["pluginDefaults", "policyRefs", "quotas", "workerGroup", "workerSelector"])) == 0
    error_message = "The properties are among pluginDefaults, policyRefs, quotas, workerGroup and workerSelector; got ${join(", ", try(keys(jsondecode(var.properties)), []))}."
  }
}

variable "retry" {
  description = <<-EOT
    How a failed task is retried, in an execution of this flow, unless the task says otherwise. No retry when null.

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

variable "sla" {
  description = <<-EOT
    What is promised of an execution.

    - `id`       - Name of the promise.
    - `behavior` - What happens when it is broken: `FAIL`, `CANCEL` or `NONE`, which only adds the labels.
    - `assert`   - Expression without braces that must stay true. Either this or `duration`.
    - `duration` - Longest time that an execution may take, as an ISO 8601 duration. Either this or `assert`.
    - `labels`   - Labels that an execution gets which breaks it.
  EOT
  type = list(object({
    id       = string
    behavior = string
    assert   = optional(string)
    duration = optional(string)
    labels   = optional(map(string))
  }))
  default  = []
  nullable = false

  validation {
    condition     = length(distinct(var.sla[*].id)) == length(var.sla)
    error_message = "The ids of the sla are unique; got ${join(", ", var.sla[*].id)}."
  }
  validation {
    condition     = length(setsubtract(var.sla[*].behavior, ["CANCEL", "FAIL", "NONE"])) == 0
    error_message = "sla.behavior is FAIL, CANCEL or NONE; got ${join(", ", var.sla[*].behavior)}."
  }
  validation {
    condition     = alltrue([for sla in var.sla : (sla.assert == null) != (sla.duration == null)])
    error_message = "Each sla has either an assert or a duration; see ${join(", ", [for sla in var.sla : sla.id if(sla.assert == null) == (sla.duration == null)])}."
  }
  validation {
    condition     = alltrue([for sla in var.sla : sla.assert == null || can(provider::kestra::expr(sla.assert))])
    error_message = "sla.assert is an expression without braces; got ${join(", ", [for sla in var.sla : sla.assert if sla.assert != null])}."
  }
  validation {
    condition     = alltrue([for sla in var.sla : sla.duration == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", sla.duration)) && !can(regex("(P|T)$", sla.duration))])
    error_message = "sla.duration is an ISO 8601 duration of days, hours, minutes and seconds, such as PT2H; got ${join(", ", [for sla in var.sla : sla.duration if sla.duration != null])}."
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

variable "variables" {
  description = "Values that tasks share, for `{{ vars.<name> }}`. A value that has expressions is read with `{{ render(vars.<name>) }}`; give lists and objects with `jsonencode`."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.variables) : can(regex("^[a-zA-Z_][a-zA-Z0-9_]*$", name))])
    error_message = "The name of a variable has only letters, digits and underscores, and begins with no digit; got \"${join("\", \"", keys(var.variables))}\"."
  }
}
