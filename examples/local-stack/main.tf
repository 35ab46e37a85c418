# Where Kestra is, and who we are there, comes from .env: KESTRA_URL, KESTRA_USERNAME and KESTRA_PASSWORD.
provider "kestra" {}

locals {
  namespace = "company.local"

  # The same for every task that speaks to the database.
  warehouse = {
    url      = provider::kestra::kv_ref("warehouse_url", null)
    username = "kestra"
    password = provider::kestra::secret_ref("WAREHOUSE_PASSWORD")
  }
}

# By the names that the services have among themselves.
resource "kestra_kv" "warehouse_url" {
  namespace   = local.namespace
  key         = "warehouse_url"
  type        = "STRING"
  value       = "jdbc:postgresql://warehouse:5432/warehouse"
  description = "The database for data, as Kestra reaches it."
}

resource "kestra_namespace_file" "data" {
  for_each = fileset("${path.module}/data", "*.csv")

  namespace = local.namespace
  filename  = "data/${each.value}"
  content   = file("${path.module}/data/${each.value}")
}
