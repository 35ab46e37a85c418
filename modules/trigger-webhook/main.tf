locals {
  # What is null stays out, so the stored flow shows only what its author wrote.
  _trigger = provider::kestra::trigger(var.id, "io.kestra.plugin.core.trigger.Webhook", merge(module.conditions.properties, {
    disabled      = var.disabled ? true : null
    inputs        = length(var.inputs) > 0 ? var.inputs : null
    key           = provider::kestra::secret_ref(var.key_secret)
    returnOutputs = var.wait == "OUTPUTS" ? true : null
    wait          = var.wait == null ? null : true
  }))
}

module "conditions" {
  source = "../trigger-conditions"

  conditions     = var.conditions
  kestra_version = var.kestra_version
}
