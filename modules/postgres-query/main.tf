locals {
  _query = provider::kestra::task("query", "io.kestra.plugin.jdbc.postgresql.Query", merge(module.connection.properties, {
    sql        = var.query.literal ? provider::kestra::literal(var.query.sql) : var.query.sql
    fetchType  = var.query.fetch_type
    parameters = length(var.parameters) > 0 ? var.parameters : null
    retry      = module.retry.retry
    timeout    = var.query.timeout
  }))
}

module "connection" {
  source = "../connection-postgres"

  connection = var.connection
}

module "retry" {
  source = "../retry"

  retry = var.retry
}

module "flow" {
  source = "../flow"

  id          = var.id
  namespace   = var.namespace
  alert       = var.alert
  description = var.description
  disabled    = var.disabled
  labels      = var.labels
  tasks       = concat([local._query], var.tasks)
  triggers    = var.triggers
}
