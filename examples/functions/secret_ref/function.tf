output "password" {
  value = provider::kestra::secret_ref("DB_PASSWORD")
}
