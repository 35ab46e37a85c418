locals {
  _find = provider::kestra::task("find", "io.kestra.plugin.mongodb.Find", {
    connection = { uri = provider::kestra::secret_ref(var.mongodb.uri_secret) }
    database   = var.mongodb.database
    collection = var.mongodb.collection
    filter     = var.mongodb.filter
    limit      = var.mongodb.limit
    projection = var.mongodb.projection
    retry      = module.retry.retry
    sort       = var.mongodb.sort
    store      = true
  })

  # Kestra keeps rows as Ion, which few others read.
  _json = provider::kestra::task("json", "io.kestra.plugin.serdes.json.IonToJson", {
    from  = provider::kestra::expr("outputs.find.uri")
    retry = module.retry.retry
  })

  _to_gcs = provider::kestra::task("upload", "io.kestra.plugin.gcp.gcs.Upload", merge(module.gcp.properties, {
    contentType = "application/x-ndjson"
    from        = provider::kestra::expr("outputs.json.uri")
    retry       = module.retry.retry
    to          = var.to
  }))

  _to_s3 = provider::kestra::task("upload", "io.kestra.plugin.aws.s3.Upload", merge(module.aws.properties, {
    bucket      = regex("^[a-z0-9]+://([^/]*)/", var.to)[0]
    contentType = "application/x-ndjson"
    from        = provider::kestra::expr("outputs.json.uri")
    key         = regex("^[a-z0-9]+://[^/]*/(.*)$", var.to)[0]
    retry       = module.retry.retry
  }))
}

module "aws" {
  source = "../connection-aws"

  aws = var.aws
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
  tasks       = [local._find, local._json, startswith(var.to, "gs://") ? local._to_gcs : local._to_s3]
  triggers    = var.triggers
}
