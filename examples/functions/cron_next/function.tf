# Clocks are put forward on the 31st: the time is the same, the offset is not.
output "next" {
  value = provider::kestra::cron_next("0 6 * * *", "2030-03-30T00:00:00Z", "Europe/Berlin", 2)
}
