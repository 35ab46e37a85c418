locals {
  _retry = var.retry == null ? null : {
    type        = var.retry.type
    interval    = var.retry.interval
    maxAttempts = var.retry.max_attempts
    maxInterval = var.retry.type == "exponential" ? var.retry.max_interval : null
  }

  _find = provider::kestra::task("find", "io.kestra.plugin.mongodb.Find", {
    connection = { uri = provider::kestra::secret_ref(var.mongodb.uri_secret) }
    database   = var.mongodb.database
    collection = var.mongodb.collection
    filter     = var.mongodb.filter
    limit      = var.mongodb.limit
    projection = var.mongodb.projection
    retry      = local._retry
    sort       = var.mongodb.sort
    store      = true
  })

  # Kestra keeps rows as Ion, which few others read.
  _json = provider::kestra::task("json", "io.kestra.plugin.serdes.json.IonToJson", {
    from  = provider::kestra::expr("outputs.find.uri")
    retry = local._retry
  })

  _to_gcs = provider::kestra::task("upload", "io.kestra.plugin.gcp.gcs.Upload", {
    projectId                  = try(var.gcp.project_id, null)
    serviceAccount             = try(var.gcp.service_account_secret, null) == null ? null : provider::kestra::secret_ref(var.gcp.service_account_secret)
    impersonatedServiceAccount = try(var.gcp.impersonate, null)
    contentType                = "application/x-ndjson"
    from                       = provider::kestra::expr("outputs.json.uri")
    retry                      = local._retry
    to                         = var.to
  })

  _to_s3 = provider::kestra::task("upload", "io.kestra.plugin.aws.s3.Upload", {
    accessKeyId      = var.aws.access_key_secret == null ? null : provider::kestra::secret_ref(var.aws.access_key_secret)
    bucket           = regex("^[a-z0-9]+://([^/]*)/", var.to)[0]
    contentType      = "application/x-ndjson"
    endpointOverride = var.aws.endpoint
    from             = provider::kestra::expr("outputs.json.uri")
    key              = regex("^[a-z0-9]+://[^/]*/(.*)$", var.to)[0]
    region           = var.aws.region
    retry            = local._retry
    secretKeyId      = var.aws.secret_key_secret == null ? null : provider::kestra::secret_ref(var.aws.secret_key_secret)
    stsRoleArn       = var.aws.role_arn
  })

  # The inputs were compared with the contract by the validations of the variable.
  _errors = [
    for alert in [var.alert] :
    provider::kestra::subflow_task(
      "alert",
      { namespace = alert.subflow.namespace, flow_id = alert.subflow.flow_id },
      merge(alert.inputs, { message = alert.message }),
      {},
    ) if alert != null
  ]
}

module "flow" {
  source = "../flow"

  id          = var.id
  namespace   = var.namespace
  description = var.description
  disabled    = var.disabled
  errors      = local._errors
  labels      = var.labels
  tasks       = [local._find, local._json, startswith(var.to, "gs://") ? local._to_gcs : local._to_s3]
  triggers    = var.triggers
}
