# The platform team: what all teams call, who hears of failures, and how changes get here.
module "subflows" {
  source = "../../subflows"

  namespace = "company.shared"
}

locals {
  alerts = {
    analytics = { subflow = module.subflows.contracts["slack-notify"], inputs = { webhook_secret = "SLACK_ANALYTICS" } }
    marketing = { subflow = module.subflows.contracts["slack-notify"], inputs = { webhook_secret = "SLACK_MARKETING" } }
    sales     = { subflow = module.subflows.contracts["slack-notify"], inputs = { webhook_secret = "SLACK_SALES" } }
  }
}

# Whatever fails anywhere, flows in YAML and flows out of the editor included.
module "alert" {
  source = "../../modules/slack-alert"

  id             = "alert-on-failure"
  namespace      = "company.platform"
  description    = "Tells the platform team of every failure in the company."
  kestra_version = local.version
  watch          = ["company"]
  states         = ["FAILED"]
  webhook_secret = "SLACK_PLATFORM"
}

# This configuration, deployed by Kestra itself: a push plans it, somebody approves, and that plan is applied.
module "deploy" {
  source = "../../modules/terraform-cicd"

  id          = "deploy"
  namespace   = "company.platform"
  description = "Plans and applies this configuration."
  repository  = { url = "https://git.example.com/company/kestra.git", username = "git", password_secret = "GIT_TOKEN" }
  terraform   = { directory = "examples/data-platform", secrets = { KESTRA_PASSWORD = "KESTRA_PASSWORD", KESTRA_USERNAME = "KESTRA_USERNAME" } }
  approval    = { timeout = "PT8H" }
  alert       = { subflow = module.subflows.contracts["slack-notify"], inputs = { webhook_secret = "SLACK_PLATFORM" } }
  triggers    = [module.push.trigger]
}

module "push" {
  source = "../../modules/trigger-webhook"

  id         = "push"
  key_secret = "GIT_WEBHOOK_KEY"
}
