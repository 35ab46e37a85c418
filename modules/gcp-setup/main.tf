locals {
  _gcp = {
    projectId                  = var.gcp.project_id
    serviceAccount             = var.gcp.service_account_secret == null ? null : provider::kestra::secret_ref(var.gcp.service_account_secret)
    impersonatedServiceAccount = var.gcp.impersonate
  }

  _retry = var.retry == null ? null : {
    type        = var.retry.type
    interval    = var.retry.interval
    maxAttempts = var.retry.max_attempts
    maxInterval = var.retry.type == "exponential" ? var.retry.max_interval : null
  }

  # What is there already stays as it is: the flow may run again at any time.
  _buckets = [
    for name, bucket in var.buckets :
    provider::kestra::task(format("bucket_%s", replace(name, ".", "_")), "io.kestra.plugin.gcp.gcs.CreateBucket", merge(local._gcp, {
      name         = name
      ifExists     = "SKIP"
      labels       = length(bucket.labels) > 0 ? bucket.labels : null
      location     = var.gcp.location
      retry        = local._retry
      storageClass = bucket.storage_class
    }))
  ]

  _datasets = [
    for name, dataset in var.datasets :
    provider::kestra::task(format("dataset_%s", name), "io.kestra.plugin.gcp.bigquery.CreateDataset", merge(local._gcp, {
      name                 = name
      defaultTableLifetime = dataset.lifetime
      description          = dataset.description
      ifExists             = "SKIP"
      labels               = length(dataset.labels) > 0 ? dataset.labels : null
      location             = var.gcp.location
      retry                = local._retry
    }))
  ]

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
  tasks       = concat(local._buckets, local._datasets)
  triggers    = var.triggers
}
