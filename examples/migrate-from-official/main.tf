# Where Kestra is, and who we are there, comes from the environment, by the same names as for the official provider:
# KESTRA_URL, KESTRA_USERNAME, KESTRA_PASSWORD, KESTRA_API_TOKEN, KESTRA_TENANT_ID.
provider "kestra" {}

# This is what was there, written for the official provider. Nothing of it has to change, but for the last line: the flow
# calls another one, which shall be there first.
resource "kestra_flow" "report" {
  namespace = "company.team"
  flow_id   = "report"
  content   = file("${path.module}/flows/report.yaml")

  depends_on = [kestra_subflow.normalize_email]
}

resource "kestra_kv" "rows" {
  namespace = "company.team"
  key       = "rows"
  type      = "NUMBER"
  value     = "1000000"
}

resource "kestra_namespace_file" "orders" {
  namespace = "company.team"
  filename  = "/queries/orders.sql"
  content   = file("${path.module}/queries/orders.sql")
}
