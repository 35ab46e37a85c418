# Where Kestra is, and who we are there, comes from the environment: KESTRA_URL, KESTRA_USERNAME and KESTRA_PASSWORD.
provider "kestra" {}

# Triggers on other flows are written differently for Kestra 1.3 and 2.0: the server itself says which it is.
data "kestra_server" "this" {}

module "subflows" {
  source = "../../subflows"

  namespace = "company.shared"
}

module "automation" {
  source = "../../modules/namespace"

  namespace = "company.automation"
  kv = {
    crm_url        = { value = "https://crm.example.com", description = "Address of the CRM's API." }
    warehouse_host = { value = "warehouse.example.com", description = "The PostgreSQL server for data." }
  }
  secrets = ["CRM_TOKEN", "GITHUB_TOKEN", "GITHUB_WEBHOOK_KEY", "KESTRA_PASSWORD", "POSTGRES_PASSWORD", "SHOP_WEBHOOK_KEY", "SIGNUP_WEBHOOK_KEY"]
}
