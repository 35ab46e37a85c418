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
  # Of the whole object: a host shows the values that a condition names.
  validation {
    condition     = alltrue([for dbt in [var.dbt] : can(regex("^[A-Za-z0-9_.-]+$", dbt.cloud.token_secret)) if dbt.cloud != null])
    error_message = "dbt.cloud.token_secret is the name of a Kestra secret: letters, digits, underscores, dots and dashes. Never put the token itself there."
  }
  validation {
    condition     = var.dbt.cloud == null || var.dbt.container_image == null && length(var.dbt.env) + length(var.dbt.secrets) == 0
    error_message = "A job of dbt Cloud has its own image and environment: leave out dbt.container_image, dbt.env and dbt.secrets; got ${join(", ", concat([for image in [var.dbt.container_image] : image if image != null], keys(var.dbt.env), keys(var.dbt.secrets)))}."
  }
}

variable "id" {
  description = "Id of the task, unique within its flow."
  type        = string
  default     = "dbt"
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", var.id)) && length(var.id) <= 256
    error_message = "A task id has up to 256 letters, digits, underscores and dashes, and begins with a letter or digit; got \"${var.id}\"."
  }
}

variable "retry" {
  description = <<-EOT
    How the task is retried when it fails. No retry when null.

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
