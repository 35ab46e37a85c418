locals {
  # What is null stays out, so the stored flow shows only what its author wrote.
  _trigger = provider::kestra::trigger(var.id, "io.kestra.plugin.gcp.gcs.Trigger", merge(module.conditions.properties, module.gcp.properties, {
    action        = var.move_to == null ? "NONE" : "MOVE"
    disabled      = var.disabled ? true : null
    from          = var.from
    interval      = var.interval
    maxFiles      = var.max_files
    moveDirectory = var.move_to
    regExp        = var.pattern
  }))
}

module "conditions" {
  source = "../trigger-conditions"

  conditions     = var.conditions
  kestra_version = var.kestra_version
}

module "gcp" {
  source = "../connection-gcp"

  gcp = var.gcp
}
