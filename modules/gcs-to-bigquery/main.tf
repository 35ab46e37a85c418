locals {
  # Names are validated and stand in backquotes, so that a keyword is a name like any other.
  _columns  = [for column in var.table.columns : format("`%s`", column.name)]
  _key      = length(var.table.key) == 0 ? local._columns : [for name in var.table.key : format("`%s`", name)]
  _changing = [for column in local._columns : format("%s = S.%s", column, column) if !contains(local._key, column)]
  _types    = [for column in var.table.columns : format("`%s` %s", column.name, column.type)]

  _table    = format("`%s`", var.table.name)
  _external = format("`%s_external`", var.table.name)
  _staging  = format("`%s_staging`", var.table.name)

  _statements = {
    table = format("CREATE TABLE IF NOT EXISTS %s (row_id STRING, source_file STRING, %s)", local._table, join(", ", local._types))

    external = join("\n", [
      format("CREATE OR REPLACE EXTERNAL TABLE %s (%s)", local._external, join(", ", local._types)),
      # The address comes from the upload, not from the caller: no character of it can end the text.
      format("OPTIONS (format = 'CSV', uris = ['%s'], skip_leading_rows = %d, field_delimiter = '%s', compression = '%s')",
      provider::kestra::expr("outputs.upload.uri"), var.source_file.header ? 1 : 0, local._delimiter, var.source_file.compression),
    ])

    staging = join("\n", [
      format("CREATE OR REPLACE TABLE %s AS", local._staging),
      "SELECT * FROM (",
      format(
        "SELECT TO_HEX(MD5(TO_JSON_STRING(STRUCT(%s)))) AS row_id, '%s' AS source_file, %s",
        join(", ", local._key),
        provider::kestra::expr("outputs.upload.uri"),
        join(", ", local._columns),
      ),
      format("FROM %s", local._external),
      ") WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY row_id) = 1",
    ])

    merge = join("\n", concat(
      [
        format("MERGE INTO %s T USING %s S ON T.row_id = S.row_id", local._table, local._staging),
      ],
      length(local._changing) == 0 ? [] : [format("WHEN MATCHED THEN UPDATE SET source_file = S.source_file, %s", join(", ", local._changing))],
      [
        format("WHEN NOT MATCHED THEN INSERT (row_id, source_file, %s) VALUES (row_id, source_file, %s)", join(", ", local._columns), join(", ", local._columns)),
      ],
    ))
  }

  # BigQuery writes a tab like this in a text.
  _delimiter = var.source_file.delimiter == "\t" ? "\\t" : var.source_file.delimiter

  _download = provider::kestra::task("download", "io.kestra.plugin.core.http.Download", {
    uri   = var.source_file.url
    retry = module.retry.retry
  })

  _upload = provider::kestra::task("upload", "io.kestra.plugin.gcp.gcs.Upload", merge(module.gcp.properties, {
    from  = provider::kestra::expr("outputs.download.uri")
    to    = format("gs://%s/%s/%s.csv%s", var.bucket, var.id, provider::kestra::expr("execution.id"), var.source_file.compression == "GZIP" ? ".gz" : "")
    retry = module.retry.retry
  }))

  _queries = [
    for id in ["table", "external", "staging", "merge"] :
    provider::kestra::task(id, "io.kestra.plugin.gcp.bigquery.Query", merge(module.gcp.properties, {
      sql      = local._statements[id]
      location = var.gcp.location
      retry    = module.retry.retry
    }))
  ]

  # Both are gone when the flow ends, whether it failed or not.
  _clean = [
    provider::kestra::task("clean", "io.kestra.plugin.gcp.bigquery.Query", merge(module.gcp.properties, {
      sql      = format("DROP EXTERNAL TABLE IF EXISTS %s;\nDROP TABLE IF EXISTS %s", local._external, local._staging)
      location = var.gcp.location
      retry    = module.retry.retry
    })),
  ]
}

module "gcp" {
  source = "../connection-gcp"

  gcp = var.gcp
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
  finally     = local._clean
  labels      = var.labels
  tasks       = concat([local._download, local._upload], local._queries)
  triggers    = var.triggers
}
