# Where Kestra is, and who we are there, comes from the environment: KESTRA_URL, KESTRA_USERNAME and KESTRA_PASSWORD.
provider "kestra" {}

# What differs between one place and another is read by the flows when they run.
module "taxi" {
  source = "../../modules/namespace"

  namespace = "company.taxi"
  kv = {
    taxi_files = {
      value       = "https://github.com/DataTalksClub/nyc-tlc-data/releases/download"
      description = "Where the taxi commission's files are, a folder for each kind of taxi."
    }
    warehouse_host = { value = "warehouse.example.com", description = "The PostgreSQL server for data." }
  }
  secrets = ["WAREHOUSE_PASSWORD"]
}

locals {
  connection = {
    host            = module.taxi.kv["warehouse_host"]
    database        = "taxi"
    username        = "loader"
    password_secret = "WAREHOUSE_PASSWORD"
  }
}
