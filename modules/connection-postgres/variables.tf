variable "connection" {
  description = <<-EOT
    The PostgreSQL database. No property when null.

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

  validation {
    condition     = var.connection == null || can(regex("^([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\]|\\{\\{.+\\}\\})$", var.connection.host))
    error_message = "connection.host is the name or address of a server, without a port, or an expression; got \"${try(coalesce(var.connection.host, "null"), "null")}\"."
  }
  validation {
    condition     = var.connection == null || can(regex("^([^/?&#;\\s]+|\\{\\{.+\\}\\})$", var.connection.database))
    error_message = "connection.database is the name of a database, or an expression; got \"${try(coalesce(var.connection.database, "null"), "null")}\"."
  }
  validation {
    condition     = var.connection == null || try(var.connection.port >= 1 && var.connection.port <= 65535 && floor(var.connection.port) == var.connection.port, false)
    error_message = "connection.port is a whole number from 1 to 65535; got ${try(coalesce(var.connection.port, "null"), "null")}."
  }
  # Of the whole object: a host shows the values that a condition names.
  validation {
    condition     = alltrue([for connection in [var.connection] : can(regex("^[A-Za-z0-9_.-]+$", connection.password_secret)) if connection != null])
    error_message = "connection.password_secret is the name of a Kestra secret: letters, digits, underscores, dots and dashes. Never put the password itself there."
  }
  validation {
    condition     = var.connection == null || try(contains(["disable", "allow", "prefer", "require", "verify-ca", "verify-full"], var.connection.ssl_mode), false)
    error_message = "connection.ssl_mode is disable, allow, prefer, require, verify-ca or verify-full; got \"${try(coalesce(var.connection.ssl_mode, "null"), "null")}\"."
  }
}
