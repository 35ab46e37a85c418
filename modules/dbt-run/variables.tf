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
