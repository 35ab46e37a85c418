# Where Kestra is, and who we are there, comes from the environment: KESTRA_URL, KESTRA_USERNAME and KESTRA_PASSWORD.
provider "kestra" {}

# Set up the key-value store: what differs between one place and another is read by the flows when they run.
module "taxi" {
  source = "../../modules/namespace"

  namespace = "company.taxi-cloud"
  kv = {
    gcp_project = { value = var.project_id, description = "Project of the bucket and the dataset." }
    taxi_bucket = { value = var.bucket, description = "Bucket that keeps the files as they came." }
    taxi_files = {
      value       = "https://github.com/DataTalksClub/nyc-tlc-data/releases/download"
      description = "Where the taxi commission's files are, a folder for each kind of taxi."
    }
    taxi_month = { value = "2019-01", description = "The month that the plain flows load." }
  }
  secrets = ["GCP_SERVICE_ACCOUNT"]
}

locals {
  gcp = {
    project_id             = module.taxi.kv["gcp_project"]
    location               = "EU"
    service_account_secret = "GCP_SERVICE_ACCOUNT"
  }
}

# Set up the cloud: the bucket and the dataset, where they are missing. It is started by hand, once.
module "setup" {
  source = "../../modules/gcp-setup"

  id          = "set-up-taxi"
  namespace   = module.taxi.namespace
  description = "Makes the bucket and the dataset. Run it first."
  gcp         = local.gcp
  buckets     = { (var.bucket) = { labels = { owner = "taxi" } } }
  datasets    = { (var.dataset) = { description = "Trips of the taxis." } }
  retry       = { max_attempts = 3 }
}
