locals {
  _query = provider::kestra::task("query", "io.kestra.plugin.gcp.bigquery.Query", merge(module.gcp.properties, {
    sql              = var.query.literal ? provider::kestra::literal(var.query.sql) : var.query.sql
    destinationTable = try(var.destination.table, null)
    fetchType        = var.query.fetch_type
    location         = var.gcp.location
    retry            = module.retry.retry
    timeout          = var.query.timeout
    writeDisposition = try(var.destination.disposition, null)
  }))
}

module "gcp" {
  source = "../connection-gcp"

  gcp = var.gcp
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
