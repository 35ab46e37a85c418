output "trigger" {
  value = provider::kestra::trigger("every_morning", "io.kestra.plugin.core.trigger.Schedule", {
    cron     = "0 6 * * *"
    timezone = "Europe/Berlin"
  })
}
