# Where Kestra is comes from the environment. Inside the cluster that is http://kestra.kestra.svc.cluster.local:8080, from
# outside whatever `kubectl port-forward` opens.
provider "kestra" {}

data "kestra_server" "this" {}

module "subflows" {
  source = "../../subflows"

  namespace = "company.shared"
}

locals {
  # Both the flow that deploys and everything that it deploys speak to Kestra by the name of its service.
  kestra_url = "http://kestra.kestra.svc.cluster.local:8080"
}
