locals {
  # A group whose failure is allowed is a plugin of its own.
  _type = var.allow_failure ? "io.kestra.plugin.core.flow.AllowFailure" : "io.kestra.plugin.core.flow.Sequential"

  # What is null stays out, so the stored flow shows only what its author wrote.
  _task = provider::kestra::task(var.id, local._type, {
    description = var.description
    disabled    = var.disabled ? true : null
    errors      = length(var.errors) > 0 ? var.errors : null
    finally     = length(var.finally) > 0 ? var.finally : null
    runIf       = var.run_if == null ? null : provider::kestra::expr(var.run_if)
    tasks       = var.tasks
  })
}
