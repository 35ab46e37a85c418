# Where Kestra is, and who we are there, comes from the environment: KESTRA_URL, KESTRA_USERNAME and KESTRA_PASSWORD.
provider "kestra" {}

module "subflows" {
  source = "../../subflows"

  namespace = "company.shared"
}

module "etl" {
  source = "../../modules/namespace"

  namespace = "company.etl"
  kv = {
    products_url = { value = "https://dummyjson.com/products", description = "Where the shop publishes its products." }
  }
  secrets = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "GCP_SERVICE_ACCOUNT", "SHOP_MONGODB_URI"]
}

locals {
  aws   = { region = "eu-central-1", access_key_secret = "AWS_ACCESS_KEY_ID", secret_key_secret = "AWS_SECRET_ACCESS_KEY" }
  alert = { subflow = module.subflows.contracts["slack-notify"] }
}

module "every_morning" {
  source = "../../modules/trigger-schedule"

  id       = "every-morning"
  cron     = "40 5 * * *"
  timezone = "Europe/Berlin"
}
