output "trigger" {
  description = "The trigger as a JSON document, for the input `triggers` of the module `flow` and of use-case modules."

  # What was not set stays out, so the stored flow shows only what its author wrote.
  value = jsonencode({ for property, value in local._document : property => value if value != null })
}
