locals {
  _aws = {
    accessKeyId      = var.aws.access_key_secret == null ? null : provider::kestra::secret_ref(var.aws.access_key_secret)
    endpointOverride = var.aws.endpoint
    region           = var.aws.region
    secretKeyId      = var.aws.secret_key_secret == null ? null : provider::kestra::secret_ref(var.aws.secret_key_secret)
    stsRoleArn       = var.aws.role_arn
  }

  _retry = var.retry == null ? null : {
    type        = var.retry.type
    interval    = var.retry.interval
    maxAttempts = var.retry.max_attempts
    maxInterval = var.retry.type == "exponential" ? var.retry.max_interval : null
  }

  _copies = [
    for copy in var.copies :
    provider::kestra::task(copy.id, "io.kestra.plugin.aws.s3.Copy", merge(local._aws, {
      from   = copy.from
      to     = { bucket = coalesce(copy.to.bucket, copy.from.bucket), key = coalesce(copy.to.key, copy.from.key) }
      delete = copy.delete_source ? true : null
      retry  = local._retry
    }))
  ]

  _all_copies = length(local._copies) == 1 ? local._copies : [
    provider::kestra::task("copies", "io.kestra.plugin.core.flow.Parallel", { tasks = local._copies }),
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
  tasks       = concat(local._all_copies, var.tasks)
  triggers    = var.triggers
}
