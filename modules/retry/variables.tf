variable "retry" {
  description = <<-EOT
    How often, and after which waits, Kestra tries again. No retry when null.

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
