variable "conditions" {
  description = "Expressions without braces, all of which must be true, such as `kv('open') == 'yes'`. Needs `kestra_version`: they are `conditions` in 1.3 and `when` in 2.0."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for condition in var.conditions : can(provider::kestra::expr(condition))])
    error_message = "A condition is an expression without braces; got ${join(", ", [for condition in var.conditions : condition if !can(provider::kestra::expr(condition))])}."
  }
  validation {
    condition     = length(var.conditions) == 0 || var.kestra_version != null
    error_message = "Conditions are written differently for Kestra 1.3 and 2.0: give kestra_version with ${join(", ", var.conditions)}."
  }
}

variable "kestra_version" {
  description = "Kestra that the trigger is for, such as `data.kestra_server.this.version`. Needed with `conditions`."
  type        = string
  default     = null

  validation {
    condition     = var.kestra_version == null || can(regex("^(1\\.3|2\\.0)(\\.|$)", var.kestra_version))
    error_message = "kestra_version is a version of Kestra 1.3 or 2.0, such as 1.3.31; got \"${coalesce(var.kestra_version, "null")}\"."
  }
}
