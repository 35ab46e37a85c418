# Where Kestra is, and who we are there, comes from the environment: KESTRA_URL, KESTRA_USERNAME and KESTRA_PASSWORD.
provider "kestra" {}

# Triggers on other flows are written differently for Kestra 1.3 and 2.0: the server itself says which it is.
data "kestra_server" "this" {}

locals {
  version = data.kestra_server.this.version
}
