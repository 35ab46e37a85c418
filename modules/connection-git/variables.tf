variable "repository" {
  description = <<-EOT
    The Git repository.

    - `url`                - Address to clone from, over HTTPS or SSH, without a password in it.
    - `branch`             - Branch to read, or to write.
    - `password_secret`    - Name of the Kestra secret with the password or token for HTTPS.
    - `private_key_secret` - Name of the Kestra secret with the key for SSH.
    - `username`           - User of the password. Most services take any name beside a token.
  EOT
  type = object({
    url                = string
    branch             = optional(string, "main")
    password_secret    = optional(string)
    private_key_secret = optional(string)
    username           = optional(string)
  })
  nullable = false

  # Of the whole object: a host shows the values that a condition names.
  validation {
    condition     = alltrue([for repository in [var.repository] : can(regex("^(https?://[^@/\\s]+/\\S+|ssh://([^@:/\\s]+@)?[^@/\\s]+/\\S+|[^@:/\\s]+@[^@:/\\s]+:\\S+|file:///\\S+|\\{\\{.+\\}\\})$", repository.url))])
    error_message = "repository.url is an address such as https://github.com/company/flows.git or git@github.com:company/flows.git, without a password; got \"${replace(coalesce(var.repository.url, "null"), "/\\/\\/.*@/", "//...@")}\"."
  }
  validation {
    condition     = can(regex("^([A-Za-z0-9_][A-Za-z0-9_./-]*|\\{\\{.+\\}\\})$", var.repository.branch))
    error_message = "repository.branch is the name of a branch; got \"${coalesce(var.repository.branch, "null")}\"."
  }
  validation {
    condition     = alltrue([for option, name in var.repository : name == null || can(regex("^[A-Za-z0-9_.-]+$", name)) if endswith(option, "_secret")])
    error_message = "repository.password_secret and repository.private_key_secret are names of Kestra secrets: letters, digits, underscores, dots and dashes. Never put a secret itself there."
  }
  validation {
    condition     = alltrue([for repository in [var.repository] : repository.password_secret == null || repository.private_key_secret == null])
    error_message = "A repository is cloned with a password or with a key; got the secrets of both."
  }
  validation {
    condition     = alltrue([for repository in [var.repository] : repository.password_secret == null || repository.username != null])
    error_message = "A password belongs to a user; repository.username is not set. Most services take any name beside a token, such as git."
  }
}
