variable "gcp" {
  description = <<-EOT
    The Google Cloud project, and who works in it. No property when null.

    - `project_id`             - Id of the project.
    - `location`               - Where its data is, such as `EU` or `europe-west3`. Google's default when not set.
    - `service_account_secret` - Name of the Kestra secret that holds the key of a service account, as JSON. The
                                 account that Kestra itself runs as when not set.
    - `impersonate`            - E-mail address of a service account to act as.
  EOT
  type = object({
    project_id             = string
    location               = optional(string)
    service_account_secret = optional(string)
    impersonate            = optional(string)
  })

  validation {
    condition     = var.gcp == null || can(regex("^([a-z][a-z0-9-]{4,28}[a-z0-9]|\\{\\{.+\\}\\})$", var.gcp.project_id))
    error_message = "gcp.project_id has 6 to 30 lowercase letters, digits and dashes, or is an expression; got \"${try(coalesce(var.gcp.project_id, "null"), "null")}\"."
  }
  validation {
    condition     = try(var.gcp.location, null) == null || can(regex("^[A-Za-z0-9-]+$", var.gcp.location))
    error_message = "gcp.location is a location such as EU or europe-west3; got \"${try(coalesce(var.gcp.location, "null"), "null")}\"."
  }
  validation {
    condition     = try(var.gcp.impersonate, null) == null || can(regex("^[^@\\s]+@[^@\\s]+$", var.gcp.impersonate))
    error_message = "gcp.impersonate is the e-mail address of a service account; got \"${try(coalesce(var.gcp.impersonate, "null"), "null")}\"."
  }
  # Of the whole object: a host shows the values that a condition names.
  validation {
    condition     = alltrue([for gcp in [var.gcp] : can(regex("^[A-Za-z0-9_.-]+$", gcp.service_account_secret)) if try(gcp.service_account_secret, null) != null])
    error_message = "gcp.service_account_secret is the name of a Kestra secret: letters, digits, underscores, dots and dashes. Never put the key itself there."
  }
}
