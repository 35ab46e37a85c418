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

variable "query" {
  description = <<-EOT
    What to ask DuckDB: one statement, which reads the answer by its file name.

    - `sql`        - The statement, such as `file("$${path.module}/orders.sql")`. Every character arrives as it is.
    - `fetch_type` - What becomes of the rows: `STORE` keeps them in a file of Kestra's storage, `FETCH` and `FETCH_ONE` in
                     the outputs of the execution, `NONE` nowhere.
    - `literal`    - Whether `{{ }}` in the statement is text. Kestra renders it when false.
    - `timeout`    - How long the statement may take, as an ISO 8601 duration.
  EOT
  type = object({
    sql        = string
    fetch_type = optional(string, "STORE")
    literal    = optional(bool, false)
    timeout    = optional(string)
  })
  nullable = false

  validation {
    condition     = length(trimspace(coalesce(var.query.sql, " "))) > 0
    error_message = "query.sql is a statement; got an empty text."
  }
  validation {
    condition     = !can(regex("(?s);[^'].", var.query.sql))
    error_message = "query.sql is one statement: Kestra's plugin sees a second one behind a semicolon, wherever it stands; got ${jsonencode(try(regex("(?s);[^'].{0,40}", var.query.sql), var.query.sql))}."
  }
  validation {
    condition     = try(contains(["FETCH", "FETCH_ONE", "NONE", "STORE"], var.query.fetch_type), false)
    error_message = "query.fetch_type is FETCH, FETCH_ONE, NONE or STORE; got \"${coalesce(var.query.fetch_type, "null")}\"."
  }
  validation {
    condition     = var.query.timeout == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", var.query.timeout)) && !can(regex("(P|T)$", var.query.timeout))
    error_message = "query.timeout is an ISO 8601 duration of days, hours, minutes and seconds, such as PT10M; got \"${coalesce(var.query.timeout, "null")}\"."
  }
}

variable "request" {
  description = <<-EOT
    The request that answers with the data.

    - `url`          - Its address.
    - `body`         - What to send.
    - `content_type` - What the body is.
    - `file`         - Name under which the statement finds the answer. Its end says what it is: `.json`, `.csv`, `.parquet`.
    - `headers`      - Headers, by name. A header that is a secret belongs into `token_secret`.
    - `method`       - `GET`, `POST` or another method of HTTP.
    - `params`       - Parameters behind the `?` of the address, by name.
    - `token_secret` - Name of the Kestra secret that holds the token to send as `Authorization: Bearer`.
  EOT
  type = object({
    url          = string
    body         = optional(string)
    content_type = optional(string)
    file         = optional(string, "data.json")
    headers      = optional(map(string), {})
    method       = optional(string, "GET")
    params       = optional(map(string), {})
    token_secret = optional(string)
  })
  nullable = false

  validation {
    condition     = can(regex("^(https?://|\\{\\{)", var.request.url))
    error_message = "request.url begins with https://, http:// or an expression; got \"${coalesce(var.request.url, "null")}\"."
  }
  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+\\.[a-z0-9.]+$", var.request.file))
    error_message = "request.file is a name with an end such as data.json; got \"${coalesce(var.request.file, "null")}\"."
  }
  validation {
    condition     = try(contains(["DELETE", "GET", "PATCH", "POST", "PUT"], var.request.method), false)
    error_message = "request.method is DELETE, GET, PATCH, POST or PUT; got \"${coalesce(var.request.method, "null")}\"."
  }
  # Of the whole object: a host shows the values that a condition names.
  validation {
    condition     = alltrue([for request in [var.request] : can(regex("^[A-Za-z0-9_.-]+$", request.token_secret)) if request.token_secret != null])
    error_message = "request.token_secret is the name of a Kestra secret: letters, digits, underscores, dots and dashes. Never put the token itself there."
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

variable "retry" {
  description = <<-EOT
    How the request and the query are retried. No retry when null.

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
  description = "Tasks that run after the query, in their order: one JSON document each. `{{ outputs.query.uri }}` is the file that holds the rows."
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
