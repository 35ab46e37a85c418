# A file of the namespace becomes a table. It may run as often as it likes: rows that are there already are updated.
module "load_orders" {
  source = "../../modules/flow"

  id          = "load-orders"
  namespace   = local.namespace
  description = "Loads the orders into the warehouse, and says who buys most."
  tasks = [
    provider::kestra::task("file", "io.kestra.plugin.core.storage.Write", {
      content   = provider::kestra::expr("read('data/orders.csv')")
      extension = ".csv"
    }),
    provider::kestra::task("tables", "io.kestra.plugin.jdbc.postgresql.Queries", merge(local.warehouse, {
      sql = file("${path.module}/queries/tables.sql")
    })),
    provider::kestra::task("stage", "io.kestra.plugin.jdbc.postgresql.CopyIn", merge(local.warehouse, {
      from   = provider::kestra::expr("outputs.file.uri")
      table  = "orders_staging"
      format = "CSV"
      header = true
    })),
    provider::kestra::task("merge", "io.kestra.plugin.jdbc.postgresql.Query", merge(local.warehouse, {
      sql = file("${path.module}/queries/merge.sql")
    })),
    provider::kestra::task("best_customers", "io.kestra.plugin.jdbc.postgresql.Query", merge(local.warehouse, {
      sql       = file("${path.module}/queries/best-customers.sql")
      fetchType = "FETCH"
    })),
    provider::kestra::task("say", "io.kestra.plugin.core.log.Log", {
      message = "Our best customers: ${provider::kestra::expr("outputs.best_customers.rows")}"
    }),
  ]
  triggers = [module.every_hour.trigger]
}

module "every_hour" {
  source = "../../modules/trigger-schedule"

  id   = "every-hour"
  cron = "@hourly"
}
