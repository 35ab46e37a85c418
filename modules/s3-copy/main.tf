locals {
  _copies = [
    for copy in var.copies :
    provider::kestra::task(copy.id, "io.kestra.plugin.aws.s3.Copy", merge(module.aws.properties, {
      from   = copy.from
      to     = { bucket = coalesce(copy.to.bucket, copy.from.bucket), key = coalesce(copy.to.key, copy.from.key) }
      delete = copy.delete_source ? true : null
      retry  = module.retry.retry
    }))
  ]

  _all_copies = length(local._copies) == 1 ? local._copies : [
    provider::kestra::task("copies", "io.kestra.plugin.core.flow.Parallel", { tasks = local._copies }),
  ]
}

module "aws" {
  source = "../connection-aws"

  aws = var.aws
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
  tasks       = concat(local._all_copies, var.tasks)
  triggers    = var.triggers
}
