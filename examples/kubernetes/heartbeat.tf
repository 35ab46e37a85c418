# A flow of a team, as every push may change it: Kestra asks itself every hour whether it is well.
module "heartbeat" {
  source = "../../modules/flow"

  id             = "heartbeat"
  namespace      = "company.platform"
  description    = "Asks Kestra's own management port whether all is well."
  kestra_version = data.kestra_server.this.version
  tasks = [
    provider::kestra::task("ask", "io.kestra.plugin.core.http.Request", {
      uri = "http://localhost:8081/health"
    }),
    provider::kestra::task("say", "io.kestra.plugin.core.log.Log", {
      message = "Kestra says: ${provider::kestra::expr("outputs.ask.body")}"
    }),
  ]
  errors = [
    provider::kestra::subflow_task("alert", module.subflows.contracts["slack-notify"], {
      message = "Kestra does not feel well: execution ${provider::kestra::expr("execution.id")}."
    }, {}),
  ]
  triggers = [module.every_hour.trigger]
}

module "every_hour" {
  source = "../../modules/trigger-schedule"

  id   = "every-hour"
  cron = "@hourly"
}
