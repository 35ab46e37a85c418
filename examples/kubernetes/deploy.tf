# This flow deploys this very folder: the first time somebody applies it from a laptop, and from then on Kestra does.
module "deploy" {
  source = "../../modules/terraform-cicd"

  id          = "deploy"
  namespace   = "company.platform"
  description = "Plans what is in Git after every push, and applies it when somebody approves."
  kestra_url  = local.kestra_url
  repository = {
    url             = "https://git.example.com/company/kestra.git"
    username        = "git"
    password_secret = "GIT_TOKEN"
  }
  terraform = {
    # The state is a secret in a namespace of its own; see manifests/terraform-state.yaml.
    backend = {
      type     = "kubernetes"
      settings = { in_cluster_config = "true", namespace = "kestra-state", secret_suffix = "kestra" }
    }
    directory = "examples/kubernetes"
    env       = { PATH = "/tools:/usr/local/bin:/usr/bin:/bin" }
    runner    = "process"
    secrets   = { KESTRA_PASSWORD = "KESTRA_PASSWORD", KESTRA_USERNAME = "KESTRA_USERNAME" }
    timeout   = "PT30M"
  }
  approval = { timeout = "PT8H" }
  alert    = { subflow = module.subflows.contracts["slack-notify"] }
  drift    = { cron = "0 6 * * *", timezone = "Europe/Berlin" }
  triggers = [module.push.trigger]
}

# The service that holds the repository calls this after a push, to any branch; the key is all that protects it.
module "push" {
  source = "../../modules/trigger-webhook"

  id             = "push"
  key_secret     = "DEPLOY_WEBHOOK_KEY"
  conditions     = ["trigger.body.ref == 'refs/heads/main'"]
  kestra_version = data.kestra_server.this.version
}
