locals {
  _properties = var.gcp == null ? {} : {
    projectId                  = var.gcp.project_id
    serviceAccount             = var.gcp.service_account_secret == null ? null : provider::kestra::secret_ref(var.gcp.service_account_secret)
    impersonatedServiceAccount = var.gcp.impersonate
  }
}
