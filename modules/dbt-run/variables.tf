variable "id" {
  description = "Id of the flow."
  type        = string
  nullable    = false
}

variable "namespace" {
  description = "Namespace of the flow. Its files hold the dbt project."
  type        = string
  nullable    = false
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

  validation {
    condition     = try(contains(keys(var.alert.subflow.inputs), "message"), true)
    error_message = "The alert goes to a subflow with an input message; ${try(var.alert.subflow.flow_id, "")} takes ${join(", ", try(keys(var.alert.subflow.inputs), []))}."
  }
  validation {
    condition     = length(try(setsubtract(keys(var.alert.inputs), keys(var.alert.subflow.inputs)), [])) == 0
    error_message = "alert.inputs are inputs of the subflow; it does not take ${join(", ", try(setsubtract(keys(var.alert.inputs), keys(var.alert.subflow.inputs)), []))}."
  }
}

variable "dbt" {
  description = <<-EOT
    How dbt runs. The project is read from the namespace files, with its `profiles.yml` beside `dbt_project.yml`; or a job of
    dbt Cloud runs.

    - `cloud`           - The job of dbt Cloud to run instead: `account_id` and `job_id`, the `token_secret` that names the
                          Kestra secret with the API token, the `url` of the account, and the `max_duration` to wait.
    - `commands`        - Commands in their order.
    - `container_image` - Image with dbt and its adapter. Kestra's own `ghcr.io/kestra-io/dbt` when not set.
    - `env`             - Environment variables, for `env_var` in the project.
    - `project_dir`     - Folder of the project in the namespace files.
    - `secrets`         - Environment variables whose values are Kestra secrets: variable to name of the secret.
  EOT
  type = object({
    cloud = optional(object({
      account_id   = string
      job_id       = string
      max_duration = optional(string)
      token_secret = optional(string, "DBT_CLOUD_TOKEN")
      url          = optional(string)
    }))
    commands        = optional(list(string), ["dbt deps", "dbt build"])
    container_image = optional(string)
    env             = optional(map(string), {})
    project_dir     = optional(string, "dbt")
    secrets         = optional(map(string), {})
  })
  default  = {}
  nullable = false

  validation {
    condition     = length(var.dbt.commands) > 0 && alltrue([for command in var.dbt.commands : startswith(command, "dbt ")])
    error_message = "dbt.commands are one or more commands that begin with dbt; got \"${join("\", \"", var.dbt.commands)}\"."
  }
  validation {
    condition     = can(regex("^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$", var.dbt.project_dir))
    error_message = "dbt.project_dir is a relative path of letters, digits, underscores, dots and dashes; got \"${var.dbt.project_dir}\"."
  }
  validation {
    condition     = alltrue([for name in values(var.dbt.secrets) : can(regex("^[A-Za-z0-9_.-]+$", name))])
    error_message = "dbt.secrets holds names of Kestra secrets: letters, digits, underscores, dots and dashes. Never put a secret itself there; the value given for ${join(", ", [for variable, name in var.dbt.secrets : variable if !can(regex("^[A-Za-z0-9_.-]+$", name))])} is not such a name."
  }
  validation {
    condition     = length(setintersection(keys(var.dbt.env), keys(var.dbt.secrets))) == 0
    error_message = "An environment variable is either in dbt.env or in dbt.secrets; got ${join(", ", setintersection(keys(var.dbt.env), keys(var.dbt.secrets)))} in both."
  }
  validation {
    condition     = alltrue([for id in try([var.dbt.cloud.account_id, var.dbt.cloud.job_id], []) : can(regex("^([0-9]+|\\{\\{.+\\}\\})$", id))])
    error_message = "dbt.cloud.account_id and dbt.cloud.job_id are numbers or expressions; got ${join(", ", try([var.dbt.cloud.account_id, var.dbt.cloud.job_id], []))}."
  }
  validation {
    condition     = try(var.dbt.cloud.max_duration, null) == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", var.dbt.cloud.max_duration)) && !can(regex("(P|T)$", var.dbt.cloud.max_duration))
    error_message = "dbt.cloud.max_duration is an ISO 8601 duration of days, hours, minutes and seconds, such as PT90M; got \"${coalesce(try(var.dbt.cloud.max_duration, null), "null")}\"."
  }
  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]+$", try(var.dbt.cloud.token_secret, "none")))
    error_message = "dbt.cloud.token_secret is the name of a Kestra secret: letters, digits, underscores, dots and dashes. Never put the token itself there."
  }
  validation {
    condition     = var.dbt.cloud == null || var.dbt.container_image == null && length(var.dbt.env) + length(var.dbt.secrets) == 0
    error_message = "A job of dbt Cloud has its own image and environment: leave out dbt.container_image, dbt.env and dbt.secrets; got ${join(", ", concat([for image in [var.dbt.container_image] : image if image != null], keys(var.dbt.env), keys(var.dbt.secrets)))}."
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
  description = "Labels of the flow and its executions."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "retry" {
  description = <<-EOT
    How dbt is retried, for the hours when the warehouse has no slots or memory left. No retry when null.

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

  validation {
    condition     = alltrue([for duration in [try(var.retry.interval, "PT1M"), try(var.retry.max_interval, "PT1M")] : can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", duration)) && !can(regex("(P|T)$", duration))])
    error_message = "retry.interval and retry.max_interval are ISO 8601 durations of days, hours, minutes and seconds, such as PT1M; got \"${try(var.retry.interval, "")}\" and \"${try(var.retry.max_interval, "")}\"."
  }
  validation {
    condition     = try(var.retry.max_attempts >= 1 && floor(var.retry.max_attempts) == var.retry.max_attempts, var.retry == null)
    error_message = "retry.max_attempts is a whole number, 1 or more; got ${try(var.retry.max_attempts, "null")}."
  }
  validation {
    condition     = try(contains(["constant", "exponential"], var.retry.type), var.retry == null)
    error_message = "retry.type is constant or exponential; got \"${try(var.retry.type, "null")}\"."
  }
}

variable "tasks" {
  description = "Tasks that run after dbt, in their order: one JSON document each."
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
