locals {
  _is_1_3 = startswith(var.kestra_version, "1.3")

  # What is null stays out, so the stored flow shows only what its author wrote. Kestra's documents disagree on how many run
  # at once by default, so that is always written.
  _task = provider::kestra::task(var.id, local._is_1_3 ? "io.kestra.plugin.core.flow.ForEach" : "io.kestra.plugin.core.flow.Loop", {
    allowFailure     = var.allow_failure ? true : null
    description      = var.description
    disabled         = var.disabled ? true : null
    runIf            = var.run_if == null ? null : provider::kestra::expr(var.run_if)
    concurrencyLimit = var.concurrent
    errors           = length(var.errors) > 0 ? var.errors : null
    tasks            = var.tasks
    values           = try(tolist(jsondecode(var.values)), var.values)
  })
}
