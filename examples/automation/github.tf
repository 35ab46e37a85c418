# The marketing team edits its flows in GitHub: every push comes to Kestra, and every hour to be sure.
module "sync" {
  source = "../../modules/github-sync"

  id           = "sync-marketing"
  namespace    = module.automation.namespace
  repository   = { url = "https://github.com/company/marketing-flows", username = "git", password_secret = "GITHUB_TOKEN" }
  sync_files   = { namespace = "company.marketing", directory = "files" }
  sync_flows   = { namespace = "company.marketing", directory = "flows", delete = true }
  kestra_login = { username = "sync@company.com", password_secret = "KESTRA_PASSWORD" }
  triggers     = [module.hourly.trigger, module.push.trigger]
}

module "hourly" {
  source = "../../modules/trigger-schedule"

  id   = "hourly"
  cron = "17 * * * *"
}

module "push" {
  source = "../../modules/trigger-webhook"

  id         = "push"
  key_secret = "GITHUB_WEBHOOK_KEY"
}
