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

variable "repository" {
  description = <<-EOT
    The Git repository with the configuration.

    - `url`                - Address to clone from, over HTTPS or SSH, without a password in it.
    - `branch`             - Branch that is planned and applied.
    - `password_secret`    - Name of the Kestra secret with the password or token for HTTPS.
    - `private_key_secret` - Name of the Kestra secret with the key for SSH.
    - `username`           - User of the password. Most services take any name beside a token.
  EOT
  type = object({
    url                = string
    branch             = optional(string, "main")
    password_secret    = optional(string)
    private_key_secret = optional(string)
    username           = optional(string)
  })
  nullable = false
}

variable "alert" {
  description = <<-EOT
    The subflow to call when a task failed, when a plan waits for approval, and when a mere plan found a difference. No alert
    when null.

    - `subflow` - Contract of the subflow, such as `module.subflows.contracts["slack-notify"]`. It takes an input `message`.
    - `inputs`  - Its other inputs, by id.
    - `message` - What to say of a failure. Names the flow and the execution when not set.
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

variable "approval" {
  description = <<-EOT
    Whether somebody has to approve a plan before it is applied. Plans are applied at once when null.

    - `timeout` - How long a plan waits, as an ISO 8601 duration. Then the execution is cancelled, and nothing is applied.
  EOT
  type = object({
    timeout = optional(string, "P1D")
  })
  default = {}

  validation {
    condition     = var.approval == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", var.approval.timeout)) && !can(regex("(P|T)$", var.approval.timeout))
    error_message = "approval.timeout is an ISO 8601 duration of days, hours, minutes and seconds, such as PT8H; got \"${coalesce(try(var.approval.timeout, null), "null")}\"."
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

variable "drift" {
  description = <<-EOT
    When to look whether what is there is still what the configuration says. Such an execution plans only, and ends with a
    warning when something differs. Never when null.

    - `cron`     - Five-field cron expression, or a nickname such as `@daily`.
    - `timezone` - Time zone of the expression. As the server is configured when not set.
  EOT
  type = object({
    cron     = string
    timezone = optional(string)
  })
  default = null
}

variable "kestra_url" {
  description = "Address of Kestra as Terraform reaches it from where it runs, for the provider in the repository: its `KESTRA_URL`. In a cluster, that of the service."
  type        = string
  default     = "http://kestra.kestra.svc.cluster.local:8080"
  nullable    = false

  validation {
    condition     = can(regex("^(https?://[^@\\s]+|\\{\\{.+\\}\\})$", var.kestra_url))
    error_message = "kestra_url begins with http:// or https://, and holds no password; got \"${replace(var.kestra_url, "/\\/\\/.*@/", "//...@")}\"."
  }
}

variable "labels" {
  description = "Labels of the flow and its executions."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "terraform" {
  description = <<-EOT
    How Terraform runs.

    - `backend`         - Where the state is, in place of what the configuration says: the `type` of the backend and its
                          `settings` by name. Credentials belong into `secrets`.
    - `command`         - `terraform` or `tofu`.
    - `container_image` - Image with that command.
    - `directory`       - Folder of the root module in the repository.
    - `env`             - Environment variables, such as `TF_VAR_region`.
    - `runner`          - `docker` for a container for each task, `process` for a process of the Kestra server.
    - `secrets`         - Environment variables whose values are Kestra secrets: variable to name of the secret.
    - `timeout`         - How long planning, and how long applying may take, as an ISO 8601 duration.
  EOT
  type = object({
    backend = optional(object({
      type     = string
      settings = optional(map(string), {})
    }))
    command         = optional(string, "terraform")
    container_image = optional(string, "hashicorp/terraform:1.14.0")
    directory       = optional(string, ".")
    env             = optional(map(string), {})
    runner          = optional(string, "docker")
    secrets         = optional(map(string), {})
    timeout         = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.terraform.backend == null || can(regex("^[a-z][a-z0-9]*$", var.terraform.backend.type))
    error_message = "terraform.backend.type is the name of a backend, such as s3 or kubernetes; got \"${coalesce(try(var.terraform.backend.type, null), "null")}\"."
  }
  validation {
    condition     = try(contains(["terraform", "tofu"], var.terraform.command), false)
    error_message = "terraform.command is terraform or tofu; got \"${coalesce(var.terraform.command, "null")}\"."
  }
  validation {
    condition     = can(regex("^(\\.|[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*)$", var.terraform.directory))
    error_message = "terraform.directory is a relative path of letters, digits, underscores, dots and dashes; got \"${coalesce(var.terraform.directory, "null")}\"."
  }
  validation {
    condition     = length(setintersection(concat(keys(var.terraform.env), ["KESTRA_URL"]), keys(var.terraform.secrets))) == 0 && !contains(keys(var.terraform.env), "KESTRA_URL")
    error_message = "An environment variable is either in terraform.env or in terraform.secrets, and KESTRA_URL is kestra_url; got ${join(", ", keys(var.terraform.env))} and ${join(", ", keys(var.terraform.secrets))}."
  }
  validation {
    condition     = try(contains(["docker", "process"], var.terraform.runner), false)
    error_message = "terraform.runner is docker or process; got \"${coalesce(var.terraform.runner, "null")}\"."
  }
  validation {
    condition     = alltrue([for name in values(var.terraform.secrets) : can(regex("^[A-Za-z0-9_.-]+$", name))])
    error_message = "terraform.secrets holds names of Kestra secrets: letters, digits, underscores, dots and dashes. Never put a secret itself there; the value given for ${join(", ", [for variable, name in var.terraform.secrets : variable if !can(regex("^[A-Za-z0-9_.-]+$", name))])} is not such a name."
  }
  validation {
    condition     = var.terraform.timeout == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", var.terraform.timeout)) && !can(regex("(P|T)$", var.terraform.timeout))
    error_message = "terraform.timeout is an ISO 8601 duration of days, hours, minutes and seconds, such as PT1H; got \"${coalesce(var.terraform.timeout, "null")}\"."
  }
}

variable "triggers" {
  description = "Triggers that start the flow: one JSON document each, such as the output `trigger` of the module `trigger-schedule`."
  type        = list(string)
  default     = []
  nullable    = false
}
