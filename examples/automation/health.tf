# Every shop is asked whether it is there, each at a minute of its own.
module "ping" {
  source   = "../../modules/flow-schedule"
  for_each = { berlin = "https://berlin.example.com/health", lyon = "https://lyon.example.com/health", porto = "https://porto.example.com/health" }

  id        = "ping-${each.key}"
  namespace = module.automation.namespace
  labels    = { shop = each.key }
  subflow   = module.subflows.contracts["http-call"]
  inputs    = { uri = each.value }
  schedule  = { every = "hour", from = 8, to = 20, timezone = "Europe/Berlin" }
}

# Whatever fails in these namespaces is told, the pings included.
module "alert" {
  source = "../../modules/slack-alert"

  id             = "alert-on-failure"
  namespace      = "company.shared"
  kestra_version = data.kestra_server.this.version
  watch          = [module.automation.namespace, "company.marketing"]
  states         = ["FAILED"]
}
