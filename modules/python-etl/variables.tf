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

variable "steps" {
  description = <<-EOT
    Python scripts, one after the other, such as extract, transform and load.

    - `id`           - Name of the step, unique in the flow.
    - `script`       - The script, such as `file("$${path.module}/extract.py")`. Every character arrives as it is.
    - `dependencies` - Packages that it needs, with their versions, such as `duckdb==1.3.2`.
    - `files`        - Files that it leaves for the steps after it, which find them under the same names.
    - `inputs`       - Files that it starts with beyond those: expressions with a file of Kestra's storage, by name.
    - `timeout`      - How long it may take, as an ISO 8601 duration.
  EOT
  type = list(object({
    id           = string
    script       = string
    dependencies = optional(list(string), [])
    files        = optional(list(string), [])
    inputs       = optional(map(string), {})
    timeout      = optional(string)
  }))
  nullable = false

  validation {
    condition     = length(var.steps) > 0
    error_message = "There is at least one step; got an empty list."
  }
  validation {
    condition     = alltrue([for step in var.steps : can(regex("^[A-Za-z0-9][A-Za-z0-9_]*$", step.id))])
    error_message = "A step is named with letters, digits and underscores, because expressions name it; got ${join(", ", [for step in var.steps : coalesce(step.id, "null")])}."
  }
  validation {
    condition     = alltrue([for step in var.steps : length(trimspace(coalesce(step.script, " "))) > 0])
    error_message = "A step has a script; ${join(", ", [for step in var.steps : coalesce(step.id, "null") if length(trimspace(coalesce(step.script, " "))) == 0])} has none."
  }
  validation {
    condition     = alltrue([for package in flatten(var.steps[*].dependencies) : can(regex("^[A-Za-z0-9][A-Za-z0-9._-]*(\\[[^]]+\\])?([<>=!~].*)?$", package))])
    error_message = "A dependency is a package with or without its version, such as duckdb==1.3.2; got ${join(", ", flatten(var.steps[*].dependencies))}."
  }
  validation {
    condition     = alltrue([for file in flatten(var.steps[*].files) : can(regex("^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$", file))])
    error_message = "A file is a relative path of letters, digits, underscores, dots and dashes; got ${join(", ", flatten(var.steps[*].files))}."
  }
  validation {
    condition     = length(distinct(flatten(var.steps[*].files))) == length(flatten(var.steps[*].files))
    error_message = "A file is left by one step; got ${join(", ", flatten(var.steps[*].files))}."
  }
  validation {
    condition     = alltrue([for step in var.steps : step.timeout == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", step.timeout)) && !can(regex("(P|T)$", step.timeout))])
    error_message = "A timeout is an ISO 8601 duration of days, hours, minutes and seconds, such as PT10M; got ${join(", ", compact(var.steps[*].timeout))}."
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

variable "labels" {
  description = "Labels of the flow and its executions."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "python" {
  description = <<-EOT
    Where the scripts run, and what they are given.

    - `container_image` - Image with Python. Kestra's own default when not set.
    - `env`             - Environment variables.
    - `literal`         - Whether `{{ }}` in a script is Python's. Kestra renders it when false; `env` is rendered in any case.
    - `runner`          - `docker` for a container for each step, `process` for a process of the Kestra server.
    - `secrets`         - Environment variables whose values are Kestra secrets: variable to name of the secret.
    - `version`         - Version of Python, such as `3.13`. That of the image when not set.
  EOT
  type = object({
    container_image = optional(string)
    env             = optional(map(string), {})
    literal         = optional(bool, true)
    runner          = optional(string, "docker")
    secrets         = optional(map(string), {})
    version         = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in values(var.python.secrets) : can(regex("^[A-Za-z0-9_.-]+$", name))])
    error_message = "python.secrets holds names of Kestra secrets: letters, digits, underscores, dots and dashes. Never put a secret itself there; the value given for ${join(", ", [for variable, name in var.python.secrets : variable if !can(regex("^[A-Za-z0-9_.-]+$", name))])} is not such a name."
  }
  validation {
    condition     = length(setintersection(keys(var.python.env), keys(var.python.secrets))) == 0
    error_message = "An environment variable is either in python.env or in python.secrets; got ${join(", ", setintersection(keys(var.python.env), keys(var.python.secrets)))} in both."
  }
  validation {
    condition     = try(contains(["docker", "process"], var.python.runner), false)
    error_message = "python.runner is docker or process; got \"${coalesce(var.python.runner, "null")}\"."
  }
  validation {
    condition     = var.python.runner != "process" || var.python.container_image == null
    error_message = "A process of the server has no container image; got \"${coalesce(var.python.container_image, "null")}\"."
  }
  validation {
    condition     = var.python.version == null || can(regex("^3(\\.[0-9]+){0,2}$", var.python.version))
    error_message = "python.version is a version such as 3.13; got \"${coalesce(var.python.version, "null")}\"."
  }
}

variable "retry" {
  description = <<-EOT
    How a failed step is retried. No retry when null.

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

variable "tasks" {
  description = "Tasks that run after the steps, in their order: one JSON document each. `{{ outputs.load.outputFiles['orders.csv'] }}` is a file that the step `load` left."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "triggers" {
  description = "Triggers that start the flow: one JSON document each, such as the output `trigger` of a module `trigger-…`."
  type        = list(string)
  default     = []
  nullable    = false
}
