locals {
  _properties = var.connection == null ? {} : {
    url      = "jdbc:postgresql://${var.connection.host}:${var.connection.port}/${var.connection.database}"
    username = var.connection.username
    password = provider::kestra::secret_ref(var.connection.password_secret)
    sslMode  = upper(replace(var.connection.ssl_mode, "-", "_"))
  }
}
