# A zap of one step: somebody signs up, the team hears of it.
module "new_signup" {
  source = "../../modules/webhook-automation"

  id         = "new-signup"
  namespace  = module.automation.namespace
  key_secret = "SIGNUP_WEBHOOK_KEY"
  actions    = [{ id = "tell", slack = { message = "{{ trigger.body.email }} has signed up.", webhook_secret = "SLACK_MARKETING" } }]
}
