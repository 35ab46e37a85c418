# Where Kestra is, and who we are there, comes from the environment: KESTRA_URL, KESTRA_USERNAME and KESTRA_PASSWORD.
# `flowsmith demo` sets them for its own sandbox.
provider "kestra" {}

# What all teams call: one flow for each file of the folder, in a namespace of its own.
module "subflows" {
  source = "../../subflows"

  namespace = "company.shared"
}

data "kestra_server" "this" {}

# The Enterprise edition keeps a description for each namespace; in open source a namespace is there as soon as a flow is.
resource "kestra_namespace" "this" {
  for_each = data.kestra_server.this.edition == "EE" ? local.namespaces : {}

  namespace_id = each.key
  description  = each.value
}

locals {
  namespaces = {
    "company.analytics" = "The warehouse and what is built on it."
    "company.sales"     = "Orders, as the shop reports them."
    "company.shared"    = "Subflows that all teams call."
  }
}
