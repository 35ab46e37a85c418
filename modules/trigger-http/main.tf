locals {
  _options = var.bearer_token_secret == null ? null : {
    auth = { type = "BEARER", token = provider::kestra::secret_ref(var.bearer_token_secret) }
  }

  # What is null stays out, so the stored flow shows only what its author wrote.
  _trigger = provider::kestra::trigger(var.id, "io.kestra.plugin.core.http.Trigger", merge(module.conditions.properties, {
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

module "conditions" {
  source = "../trigger-conditions"

  conditions     = var.conditions
  kestra_version = var.kestra_version
}
