locals {
  # What is null stays out, so the stored flow shows only what its author wrote.
  _trigger = provider::kestra::trigger(var.id, "io.kestra.plugin.jdbc.postgresql.Trigger", merge(module.conditions.properties, module.connection.properties, {
    afterSQL  = var.after_sql
    disabled  = var.disabled ? true : null
    fetchType = var.fetch_type
    interval  = var.interval
    sql       = var.sql
  }))
}

module "conditions" {
  source = "../trigger-conditions"

  conditions     = var.conditions
  kestra_version = var.kestra_version
}

module "connection" {
  source = "../connection-postgres"

  connection = var.connection
}
