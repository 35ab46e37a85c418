variable "id" {
  description = "Id of the trigger, unique within its flow."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", var.id)) && length(var.id) <= 256
    error_message = "A trigger id has up to 256 letters, digits, underscores and dashes, and begins with a letter or digit; got \"${var.id}\"."
  }
}

variable "response_condition" {
  description = "Expression without braces that is true for an answer that starts the flow, such as `fromJson(response.body).new > 0`. It knows `response.statusCode`, `response.body` and `response.headers`."
  type        = string
  nullable    = false

  validation {
    condition     = can(provider::kestra::expr(var.response_condition))
    error_message = "response_condition is an expression without braces; got \"${var.response_condition}\"."
  }
}

variable "uri" {
  description = "Address to ask; an expression such as `{{ kv('orders_url') }}` is rendered."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(https?://|\\{\\{)", var.uri))
    error_message = "uri begins with http:// or https://, or is an expression; got \"${var.uri}\"."
  }
}

variable "bearer_token_secret" {
  description = "Name of the Kestra secret that holds a bearer token to send. None is sent when null."
  type        = string
  default     = null

  validation {
    condition     = var.bearer_token_secret == null || can(regex("^[A-Za-z0-9_.-]+$", var.bearer_token_secret))
    error_message = "bearer_token_secret is the name of a Kestra secret: letters, digits, underscores, dots and dashes. Never put the token itself there."
  }
}

variable "body" {
  description = "What to send, as JSON. Nothing when null."
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

variable "headers" {
  description = "Headers to send, by name. No secrets: they have a variable of their own."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = !contains([for name in keys(var.headers) : lower(name)], "authorization")
    error_message = "The header Authorization comes from bearer_token_secret; leave it out of headers."
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

variable "method" {
  description = "Method of the request: `GET`, Kestra's default, `HEAD` or `POST`."
  type        = string
  default     = null

  validation {
    condition     = var.method == null ? true : contains(["GET", "HEAD", "POST"], var.method)
    error_message = "method is GET, HEAD or POST; got \"${coalesce(var.method, "null")}\"."
  }
}
