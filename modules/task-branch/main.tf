locals {
  _if = {
    condition = try(provider::kestra::expr(var.condition), null)
    then      = var.then
    else      = length(var.otherwise) > 0 ? var.otherwise : null
  }

  _switch = {
    value    = try(provider::kestra::expr(var.value), null)
    cases    = var.cases
    defaults = length(var.otherwise) > 0 ? var.otherwise : null
  }

  # What is null stays out, so the stored flow shows only what its author wrote.
  _task = provider::kestra::task(var.id, var.condition != null ? "io.kestra.plugin.core.flow.If" : "io.kestra.plugin.core.flow.Switch", merge(
    {
      allowFailure = var.allow_failure ? true : null
      description  = var.description
      disabled     = var.disabled ? true : null
      runIf        = var.run_if == null ? null : provider::kestra::expr(var.run_if)
    },
    # Values of different shapes do not fit into one conditional; documents do.
    jsondecode(var.condition != null ? jsonencode(local._if) : jsonencode(local._switch)),
  ))
}
