variable "namespace" {
  description = "Namespace of the subflows. It wins over the one in the files. Their secrets are those that this namespace sees."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9._-]*$", var.namespace)) && length(var.namespace) <= 150
    error_message = "A namespace has up to 150 lowercase letters, digits, dots, underscores and dashes, and begins with a letter or digit; got \"${var.namespace}\"."
  }
}
