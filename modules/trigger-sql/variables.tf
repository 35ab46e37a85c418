variable "connection" {
  description = <<-EOT
    The PostgreSQL database.

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
  nullable = false
}

variable "id" {
  description = "Id of the trigger, unique within its flow."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", var.id)) && length(var.id) <= 256
    error_message = "A trigger id has up to 256 letters, digits, underscores and dashes, and begins with a letter or digit; got \"${var.id}\"."
  }
}

variable "sql" {
  description = "The query; the flow starts when it returns rows. Every character arrives as it is, and Kestra renders `{{ }}` in it."
  type        = string
  nullable    = false

  validation {
    condition     = length(trimspace(var.sql)) > 0
    error_message = "sql is a query; got \"${var.sql}\"."
  }
}

variable "after_sql" {
  description = "Statement that runs in the same transaction when the rows were read, so that they do not start the flow twice. Nothing when null."
  type        = string
  default     = null
}

variable "conditions" {
  description = "Expressions without braces, all of which must be true, such as `kv('open') == 'yes'`. Needs `kestra_version`: they are `conditions` in 1.3 and `when` in 2.0."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "disabled" {
  description = "Whether the trigger is switched off. The flow itself can still be started."
  type        = bool
  default     = false
  nullable    = false
}

variable "fetch_type" {
  description = "Where the flow finds the rows: `FETCH` in `{{ trigger.rows }}`, `FETCH_ONE` the first one in `{{ trigger.row }}`, `STORE` in a file of Kestra's storage, `{{ trigger.uri }}`."
  type        = string
  default     = "STORE"
  nullable    = false

  validation {
    condition     = contains(["FETCH", "FETCH_ONE", "STORE"], var.fetch_type)
    error_message = "fetch_type is FETCH, FETCH_ONE or STORE; got \"${var.fetch_type}\"."
  }
}

variable "interval" {
  description = "How often to look, as an ISO 8601 duration such as `PT5M`. Every minute when null."
  type        = string
  default     = null

  validation {
    condition     = var.interval == null || can(regex("^P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$", var.interval)) && !can(regex("(P|T)$", var.interval))
    error_message = "interval is an ISO 8601 duration of days, hours, minutes and seconds, such as PT5M; got \"${coalesce(var.interval, "null")}\"."
  }
}

variable "kestra_version" {
  description = "Kestra that the trigger is for, such as `data.kestra_server.this.version`. Needed with `conditions`."
  type        = string
  default     = null
}
