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
    The Git repository.

    - `url`                - Address to clone from, over HTTPS or SSH, without a password in it.
    - `branch`             - Branch to read, or to write.
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

variable "kestra_login" {
  description = <<-EOT
    How the tasks log in to Kestra's own API, which Kestra 2.0 asks for. As the server is configured when null.

    - `username`        - User to log in as.
    - `password_secret` - Name of the Kestra secret that holds the password.
    - `token_secret`    - Name of the Kestra secret that holds an API token, of the Enterprise edition, instead of both.
  EOT
  type = object({
    username        = optional(string)
    password_secret = optional(string)
    token_secret    = optional(string)
  })
  default = null

  validation {
    condition     = alltrue([for login in [var.kestra_login] : (login.token_secret != null) != (login.username != null && login.password_secret != null) if login != null])
    error_message = "kestra_login is username and password_secret, or token_secret; got ${join(", ", [for name, value in try({ for name, value in var.kestra_login : name => value }, {}) : name if value != null])}."
  }
  # Of the whole object: a host shows the values that a condition names.
  validation {
    condition     = alltrue([for login in [var.kestra_login] : alltrue([for name in compact([login.password_secret, login.token_secret]) : can(regex("^[A-Za-z0-9_.-]+$", name))]) if login != null])
    error_message = "kestra_login holds names of Kestra secrets: letters, digits, underscores, dots and dashes. Never put a secret itself there."
  }
}

variable "labels" {
  description = "Labels of the flow and its executions."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "push" {
  description = <<-EOT
    Writes what is in Kestra to the repository; null reads from it.

    - `author_email` - Author of the commits.
    - `author_name`  - Author of the commits.
    - `message`      - Message of the commits.
  EOT
  type = object({
    author_email = string
    author_name  = string
    message      = optional(string, "Sync from Kestra")
  })
  default = null

  validation {
    condition     = var.push == null || alltrue([for repository in [var.repository] : repository.password_secret != null || repository.private_key_secret != null])
    error_message = "Nobody writes to a repository without a login; push is set, and neither repository.password_secret nor private_key_secret is."
  }
  validation {
    condition     = var.push == null || can(regex("^[^@\\s]+@[^@\\s]+$", var.push.author_email))
    error_message = "push.author_email is an e-mail address; got \"${try(coalesce(var.push.author_email, "null"), "null")}\"."
  }
}

variable "sync_files" {
  description = <<-EOT
    The namespace files to sync. None when null.

    - `namespace` - Namespace of the files in Kestra.
    - `delete`    - Whether what is missing where the files come from is deleted where they go.
    - `directory` - Folder of the files in the repository.
  EOT
  type = object({
    namespace = string
    delete    = optional(bool, false)
    directory = optional(string, "_files")
  })
  default = null

  validation {
    condition     = var.sync_files == null || can(regex("^[a-z0-9][a-z0-9._-]*$", var.sync_files.namespace))
    error_message = "sync_files.namespace has lowercase letters, digits, dots, underscores and dashes; got \"${try(coalesce(var.sync_files.namespace, "null"), "null")}\"."
  }
  validation {
    condition     = var.sync_files == null || can(regex("^[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$", var.sync_files.directory))
    error_message = "sync_files.directory is a relative path of letters, digits, underscores, dots and dashes; got \"${try(coalesce(var.sync_files.directory, "null"), "null")}\"."
  }
}

variable "sync_flows" {
  description = <<-EOT
    The flows to sync. None when null.

    - `namespace`          - Namespace of the flows in Kestra.
    - `delete`             - Whether what is missing where the flows come from is deleted where they go.
    - `directory`          - Folder of the flows in the repository.
    - `include_namespaces` - Whether folders in the folder are namespaces in the namespace.
  EOT
  type = object({
    namespace          = string
    delete             = optional(bool, false)
    directory          = optional(string, "_flows")
    include_namespaces = optional(bool, true)
  })
  default = null

  validation {
    condition     = var.sync_flows == null || can(regex("^[a-z0-9][a-z0-9._-]*$", var.sync_flows.namespace))
    error_message = "sync_flows.namespace has lowercase letters, digits, dots, underscores and dashes; got \"${try(coalesce(var.sync_flows.namespace, "null"), "null")}\"."
  }
  validation {
    condition     = var.sync_flows == null || can(regex("^[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$", var.sync_flows.directory))
    error_message = "sync_flows.directory is a relative path of letters, digits, underscores, dots and dashes; got \"${try(coalesce(var.sync_flows.directory, "null"), "null")}\"."
  }
  validation {
    condition     = var.sync_flows != null || var.sync_files != null
    error_message = "There is nothing to sync: sync_flows and sync_files are both null."
  }
}

variable "triggers" {
  description = "Triggers that start the flow: one JSON document each, such as the output `trigger` of a module `trigger-…`."
  type        = list(string)
  default     = []
  nullable    = false
}
