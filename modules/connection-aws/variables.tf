variable "aws" {
  description = <<-EOT
    Who asks Amazon Web Services, and where. The account that Kestra itself runs as when empty.

    - `access_key_secret` - Name of the Kestra secret that holds the id of an access key.
    - `endpoint`          - Address of a service that speaks S3 and is not Amazon's.
    - `region`            - Region of the buckets, such as `eu-central-1`.
    - `role_arn`          - Role to take on.
    - `secret_key_secret` - Name of the Kestra secret that holds the access key itself.
  EOT
  type = object({
    access_key_secret = optional(string)
    endpoint          = optional(string)
    region            = optional(string)
    role_arn          = optional(string)
    secret_key_secret = optional(string)
  })
  default  = {}
  nullable = false

  # Of the whole object: a host shows the values that a condition names.
  validation {
    condition     = alltrue([for option, name in var.aws : name == null || can(regex("^[A-Za-z0-9_.-]+$", name)) if endswith(option, "_secret")])
    error_message = "aws.access_key_secret and aws.secret_key_secret are names of Kestra secrets: letters, digits, underscores, dots and dashes. Never put a key itself there."
  }
  validation {
    condition     = alltrue([for aws in [var.aws] : (aws.access_key_secret == null) == (aws.secret_key_secret == null)])
    error_message = "aws.access_key_secret and aws.secret_key_secret belong together; only ${var.aws.access_key_secret == null ? "secret_key_secret" : "access_key_secret"} is set."
  }
  validation {
    condition     = var.aws.region == null || can(regex("^[a-z0-9-]+$", var.aws.region))
    error_message = "aws.region is a region such as eu-central-1; got \"${coalesce(var.aws.region, "null")}\"."
  }
  validation {
    condition     = var.aws.endpoint == null || can(regex("^(https?://|\\{\\{)", var.aws.endpoint))
    error_message = "aws.endpoint begins with https://, http:// or an expression; got \"${coalesce(var.aws.endpoint, "null")}\"."
  }
  validation {
    condition     = var.aws.role_arn == null || can(regex("^arn:aws[a-z-]*:iam::", var.aws.role_arn))
    error_message = "aws.role_arn begins with arn:aws:iam::; got \"${coalesce(var.aws.role_arn, "null")}\"."
  }
}
