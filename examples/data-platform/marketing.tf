# The marketing team: when the tables are there, its tools get them.
module "tools" {
  source = "../../modules/hightouch-sync"

  id        = "tables-to-tools"
  namespace = "company.marketing"
  hightouch = { syncs = { crm = 1127166, newsletter = 1127167 }, max_duration = "PT30M" }
  alert     = local.alerts.marketing
  retry     = { max_attempts = 3 }
  triggers  = [module.after_orders.trigger]
}
