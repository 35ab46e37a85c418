locals {
  _line = try(regex("^\\d+\\.\\d+", var.kestra_version), null)

  # Kestra 2.0 has one expression where 1.3 has a list of conditions, all of which must hold.
  _properties = {
    conditions = local._line == "1.3" && length(var.conditions) > 0 ? [
      for condition in var.conditions : { type = "io.kestra.plugin.core.condition.Expression", expression = provider::kestra::expr(condition) }
    ] : null
    when = local._line == "2.0" && length(var.conditions) > 0 ? provider::kestra::expr(join(" and ", length(var.conditions) == 1 ? var.conditions : formatlist("(%s)", var.conditions))) : null
  }
}
