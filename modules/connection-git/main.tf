locals {
  _properties = {
    url        = var.repository.url
    branch     = var.repository.branch
    password   = var.repository.password_secret == null ? null : provider::kestra::secret_ref(var.repository.password_secret)
    privateKey = var.repository.private_key_secret == null ? null : provider::kestra::secret_ref(var.repository.private_key_secret)
    username   = var.repository.username
  }
}
