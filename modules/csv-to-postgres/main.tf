locals {
  # Names are validated and stand in quotes, so that neither case nor a keyword changes their meaning.
  _columns  = [for column in var.table.columns : format("\"%s\"", column.name)]
  _key      = length(var.table.key) == 0 ? local._columns : [for name in var.table.key : format("\"%s\"", name)]
  _changing = [for column in local._columns : format("%s = EXCLUDED.%s", column, column) if !contains(local._key, column)]
  _types    = [for column in var.table.columns : format("\"%s\" %s", column.name, column.type)]

  # The rows arrive in a table of their own beside the table, which a row of any shape cannot harm.
  _table   = join(".", [for part in split(".", var.table.name) : format("\"%s\"", part)])
  _staging = join(".", [for part in split(".", format("%s_staging", var.table.name)) : format("\"%s\"", part)])

  # A row is known by what its key holds; as one value of text, in which an empty text and no value differ.
  _row_id = format("md5(CAST(ROW(%s) AS text))", join(", ", local._key))

  _download = provider::kestra::task("download", "io.kestra.plugin.core.http.Download", {
    uri   = var.source_file.url
    retry = module.retry.retry
  })

  _decompress = provider::kestra::task("decompress", "io.kestra.plugin.compress.FileDecompress", {
    from        = provider::kestra::expr("outputs.download.uri")
    compression = "GZIP"
    retry       = module.retry.retry
  })

  _prepare = provider::kestra::task("prepare", "io.kestra.plugin.jdbc.postgresql.Queries", merge(module.connection.properties, {
    sql = join(";\n", [
      format("CREATE TABLE IF NOT EXISTS %s (row_id text PRIMARY KEY, source_file text, %s)", local._table, join(", ", local._types)),
      format("DROP TABLE IF EXISTS %s", local._staging),
      format("CREATE UNLOGGED TABLE %s (%s)", local._staging, join(", ", local._types)),
    ])
    retry = module.retry.retry
  }))

  # A second attempt after half a copy finds no row of the first: a copy is one transaction.
  _copy = provider::kestra::task("copy", "io.kestra.plugin.jdbc.postgresql.CopyIn", merge(module.connection.properties, {
    from      = provider::kestra::expr(var.source_file.compression == "GZIP" ? "outputs.decompress.uri" : "outputs.download.uri")
    table     = local._staging
    columns   = local._columns
    format    = "CSV"
    delimiter = var.source_file.delimiter
    header    = var.source_file.header
    retry     = module.retry.retry
  }))

  _merge = provider::kestra::task("merge", "io.kestra.plugin.jdbc.postgresql.Query", merge(module.connection.properties, {
    sql = join("\n", [
      format("INSERT INTO %s (row_id, source_file, %s)", local._table, join(", ", local._columns)),
      format("SELECT DISTINCT ON (1) %s, CAST(:source_file AS text), %s", local._row_id, join(", ", local._columns)),
      format("FROM %s", local._staging),
      length(local._changing) == 0 ? "ON CONFLICT (row_id) DO NOTHING" : format(
        "ON CONFLICT (row_id) DO UPDATE SET source_file = EXCLUDED.source_file, %s",
        join(", ", local._changing),
      ),
    ])
    parameters = { source_file = var.source_file.url }
    retry      = module.retry.retry
  }))

  _tasks = concat(
    [local._download],
    [for task in [local._decompress] : task if var.source_file.compression == "GZIP"],
    [local._prepare, local._copy, local._merge],
  )
}

module "connection" {
  source = "../connection-postgres"

  connection = var.connection
}

module "retry" {
  source = "../retry"

  retry = var.retry
}

module "flow" {
  source = "../flow"

  id        = var.id
  namespace = var.namespace
  alert     = var.alert
  # The staging table is one for all executions, those of a backfill too: they go through it one after the other.
  concurrency = { limit = 1 }
  description = var.description
  disabled    = var.disabled
  inputs      = var.inputs
  labels      = var.labels
  tasks       = local._tasks
  triggers    = var.triggers
}
