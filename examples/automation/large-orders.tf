# A zap with a filter and three steps: only paid orders above a thousand reach the CRM, the database and the team.
module "large_order" {
  source = "../../modules/webhook-automation"

  id          = "large-order"
  namespace   = module.automation.namespace
  description = "What happens when the shop reports a large order."
  labels      = { owner = "sales" }
  key_secret  = "SHOP_WEBHOOK_KEY"
  condition   = "trigger.body.status == 'paid' and trigger.body.total > 1000"
  connection  = { host = module.automation.kv["warehouse_host"], database = "shop", username = "automation" }
  actions = [
    {
      id = "deal"
      http = {
        url          = "${module.automation.kv["crm_url"]}/v1/deals"
        body         = "{{ {'customer': trigger.body.customer, 'amount': trigger.body.total} | toJson }}"
        token_secret = "CRM_TOKEN"
      }
    },
    {
      id = "note"
      sql = {
        # What the shop sends is never part of the statement.
        statement  = "INSERT INTO large_orders (id, customer) VALUES (:id, :customer) ON CONFLICT (id) DO NOTHING"
        parameters = { id = "{{ trigger.body.id }}", customer = "{{ trigger.body.customer }}" }
      }
    },
    { id = "team", slack = { message = "{{ trigger.body.customer }} has ordered for {{ trigger.body.total }}.", webhook_secret = "SLACK_SALES" } },
  ]
  alert = { subflow = module.subflows.contracts["slack-notify"] }
  retry = { max_attempts = 3, interval = "PT10S" }
}
