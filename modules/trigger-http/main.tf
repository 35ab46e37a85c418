locals {
  _line = try(regex("^\\d+\\.\\d+", var.kestra_version), null)

  # Kestra 2.0 has one expression where 1.3 has a list of conditions, all of which must hold.
  _conditions = {
    conditions = local._line == "1.3" && length(var.conditions) > 0 ? [
      for condition in var.conditions : { type = "io.kestra.plugin.core.condition.Expression", expression = provider::kestra::expr(condition) }
    ] : null
    when = local._line == "2.0" && length(var.conditions) > 0 ? provider::kestra::expr(join(" and ", length(var.conditions) == 1 ? var.conditions : formatlist("(%s)", var.conditions))) : null
  }

  _options = var.bearer_token_secret == null ? null : {
    auth = { type = "BEARER", token = provider::kestra::secret_ref(var.bearer_token_secret) }
  }

  # What is null stays out, so the stored flow shows only what its author wrote.
  _trigger = provider::kestra::trigger(var.id, "io.kestra.plugin.core.http.Trigger", merge(local._conditions, {
    body              = var.body
    disabled          = var.disabled ? true : null
    headers           = length(var.headers) > 0 ? var.headers : null
    interval          = var.interval
    method            = var.method
    options           = local._options
    responseCondition = provider::kestra::expr(var.response_condition)
    uri               = var.uri
  }))
}
