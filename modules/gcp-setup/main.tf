locals {
  # What is there already stays as it is: the flow may run again at any time.
  _buckets = [
    for name, bucket in var.buckets :
    provider::kestra::task(format("bucket_%s", replace(name, ".", "_")), "io.kestra.plugin.gcp.gcs.CreateBucket", merge(module.gcp.properties, {
      name         = name
      ifExists     = "SKIP"
      labels       = length(bucket.labels) > 0 ? bucket.labels : null
      location     = var.gcp.location
      retry        = module.retry.retry
      storageClass = bucket.storage_class
    }))
  ]

  _datasets = [
    for name, dataset in var.datasets :
    provider::kestra::task(format("dataset_%s", name), "io.kestra.plugin.gcp.bigquery.CreateDataset", merge(module.gcp.properties, {
      name                 = name
      defaultTableLifetime = dataset.lifetime
      description          = dataset.description
      ifExists             = "SKIP"
      labels               = length(dataset.labels) > 0 ? dataset.labels : null
      location             = var.gcp.location
      retry                = module.retry.retry
    }))
  ]
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
  tasks       = concat(local._buckets, local._datasets)
  triggers    = var.triggers
}
