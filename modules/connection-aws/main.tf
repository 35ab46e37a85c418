locals {
  _properties = {
    accessKeyId      = var.aws.access_key_secret == null ? null : provider::kestra::secret_ref(var.aws.access_key_secret)
    endpointOverride = var.aws.endpoint
    region           = var.aws.region
    secretKeyId      = var.aws.secret_key_secret == null ? null : provider::kestra::secret_ref(var.aws.secret_key_secret)
    stsRoleArn       = var.aws.role_arn
  }
}
