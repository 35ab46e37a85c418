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

variable "actions" {
  description = <<-EOT
    What happens, in this order. Each action has an `id` and one of the others.

    - `id`    - Name of the action, unique in the flow.
    - `http`  - A request: `url`, `method`, `body`, `headers`, and `token_secret`, the name of the Kestra secret to send as
                `Authorization: Bearer`.
    - `slack` - A message: `message`, and `webhook_secret`, the name of the Kestra secret that holds the address of the webhook.
    - `sql`   - A statement for the database of `connection`: `statement`, and `parameters` for its names that begin with a
                colon, which no value from outside can change.
    - `task`  - Any other task, as a JSON document.

    Expressions read the request: `{{ trigger.body.email }}`, `{{ trigger.headers }}`, `{{ trigger.parameters }}`.
  EOT
  type = list(object({
    id = string
    http = optional(object({
      url          = string
      method       = optional(string, "POST")
      body         = optional(string)
      headers      = optional(map(string), {})
      token_secret = optional(string)
    }))
    slack = optional(object({
      message        = string
      webhook_secret = optional(string, "SLACK_WEBHOOK")
    }))
    sql = optional(object({
      statement  = string
      parameters = optional(map(string), {})
    }))
    task = optional(string)
  }))
  nullable = false

  validation {
    condition     = length(var.actions) > 0
    error_message = "There is at least one action; got an empty list."
  }
  validation {
    condition     = alltrue([for action in var.actions : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]*$", action.id))]) && length(distinct(var.actions[*].id)) == length(var.actions)
    error_message = "Ids of actions have letters, digits, underscores and dashes, and are unique; got ${join(", ", [for action in var.actions : coalesce(action.id, "null")])}."
  }
  validation {
    condition     = alltrue([for action in var.actions : length([for given in [action.http != null, action.slack != null, action.sql != null, action.task != null] : true if given]) == 1])
    error_message = "An action is one of http, slack, sql and task; ${join(", ", [for action in var.actions : coalesce(action.id, "null") if length([for given in [action.http != null, action.slack != null, action.sql != null, action.task != null] : true if given]) != 1])} is none or more."
  }
  validation {
    condition     = alltrue([for action in var.actions : action.sql == null || var.connection != null])
    error_message = "An action with sql needs the variable connection; got ${join(", ", [for action in var.actions : coalesce(action.id, "null") if action.sql != null])} without it."
  }
  validation {
    condition     = alltrue([for name in compact(flatten([for action in var.actions : [try(action.http.token_secret, null), try(action.slack.webhook_secret, null)]])) : can(regex("^[A-Za-z0-9_.-]+$", name))])
    error_message = "token_secret and webhook_secret are names of Kestra secrets: letters, digits, underscores, dots and dashes. Never put a secret itself there."
  }
  validation {
    condition     = alltrue([for action in var.actions : !can(regex("(?s);[^'].", action.sql.statement))])
    error_message = "An action has one statement: Kestra's plugin sees a second one behind a semicolon, wherever it stands; got ${jsonencode([for action in var.actions : action.sql.statement if can(regex("(?s);[^'].", action.sql.statement))])}."
  }
  validation {
    condition = alltrue([
      for action in var.actions : length(try(action.sql.parameters, {})) == 0 ||
      toset(flatten(regexall(":(\\w+)", try(action.sql.statement, "")))) == toset(keys(try(action.sql.parameters, {})))
    ])
    error_message = "With parameters, they and the words behind a colon in the statement are the same, wherever those stand: write CAST(x AS date) for x::date; got ${jsonencode([for action in var.actions : action.sql if action.sql != null])}."
  }
  validation {
    condition     = alltrue([for url in compact([for action in var.actions : try(action.http.url, null)]) : can(regex("^(https?://|\\{\\{)", url))])
    error_message = "The url of a request begins with https://, http:// or an expression; got ${join(", ", compact([for action in var.actions : try(action.http.url, null)]))}."
  }
  validation {
    condition     = alltrue([for method in compact([for action in var.actions : try(action.http.method, null)]) : contains(["DELETE", "GET", "PATCH", "POST", "PUT"], method)])
    error_message = "The method of a request is DELETE, GET, PATCH, POST or PUT; got ${join(", ", compact([for action in var.actions : try(action.http.method, null)]))}."
  }
  validation {
    condition     = alltrue([for action in var.actions : action.task == null || try(jsondecode(action.task).id == action.id && can(jsondecode(action.task).type), false)])
    error_message = "The task of an action is a JSON document with a type and the id of the action; got ${join(", ", [for action in var.actions : action.task if action.task != null])}."
  }
}

variable "key_secret" {
  description = "Name of the Kestra secret that holds the key of the webhook: whoever knows it may start the flow."
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

variable "condition" {
  description = "When the actions happen, as an expression without braces, such as `trigger.body.total > 100`. Always when null."
  type        = string
  default     = null

  validation {
    condition     = var.condition == null || !can(regex("[{]{2}|[}]{2}", var.condition)) && length(trimspace(coalesce(var.condition, " "))) > 0
    error_message = "The condition is an expression without braces around it; got \"${coalesce(var.condition, "null")}\"."
  }
}

variable "connection" {
  description = <<-EOT
    The PostgreSQL database of the actions that say `sql`. None when null.

    - `host`            - Name or address of the server, or an expression such as `{{ kv('warehouse_host') }}`.
    - `database`        - Database to connect to.
    - `username`        - User to log in as.
    - `password_secret` - Name of the Kestra secret that holds the password.
    - `port`            - Port of the server.
    - `ssl_mode`        - Whether the connection is encrypted, in PostgreSQL's own words: `disable`, `allow`, `prefer`,
                          `require`, `verify-ca` or `verify-full`.
  EOT
  type = object({
    host            = string
    database        = string
    username        = string
    password_secret = optional(string, "POSTGRES_PASSWORD")
    port            = optional(number, 5432)
    ssl_mode        = optional(string, "prefer")
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

variable "retry" {
  description = <<-EOT
    How each action is retried. No retry when null.

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
