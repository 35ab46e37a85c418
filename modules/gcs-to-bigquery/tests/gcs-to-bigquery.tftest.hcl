# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id          = "load-orders"
  namespace   = "company.sales"
  bucket      = "company-raw"
  gcp         = { project_id = "company-data" }
  source_file = { url = "https://files.example.com/orders.csv" }
  table       = { name = "shop.orders", columns = [{ name = "id", type = "INT64" }, { name = "status", type = "STRING" }] }
}

run "uploads_stages_and_merges" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id          = "load-orders"
      namespace   = "company.sales"
      concurrency = { limit = 1 }
      finally = [{
        id        = "clean"
        type      = "io.kestra.plugin.gcp.bigquery.Query"
        projectId = "company-data"
        sql       = "DROP EXTERNAL TABLE IF EXISTS `shop.orders_external`;\nDROP TABLE IF EXISTS `shop.orders_staging`"
      }]
      tasks = [
        { id = "download", type = "io.kestra.plugin.core.http.Download", uri = "https://files.example.com/orders.csv" },
        {
          id        = "upload"
          type      = "io.kestra.plugin.gcp.gcs.Upload"
          projectId = "company-data"
          from      = "{{ outputs.download.uri }}"
          to        = "gs://company-raw/load-orders/{{ execution.id }}.csv"
        },
        {
          id        = "table"
          type      = "io.kestra.plugin.gcp.bigquery.Query"
          projectId = "company-data"
          sql       = "CREATE TABLE IF NOT EXISTS `shop.orders` (row_id STRING, source_file STRING, `id` INT64, `status` STRING)"
        },
        {
          id        = "external"
          type      = "io.kestra.plugin.gcp.bigquery.Query"
          projectId = "company-data"
          sql       = "CREATE OR REPLACE EXTERNAL TABLE `shop.orders_external` (`id` INT64, `status` STRING)\nOPTIONS (format = 'CSV', uris = ['{{ outputs.upload.uri }}'], skip_leading_rows = 1, field_delimiter = ',', compression = 'NONE')"
        },
        {
          id        = "staging"
          type      = "io.kestra.plugin.gcp.bigquery.Query"
          projectId = "company-data"
          sql       = "CREATE OR REPLACE TABLE `shop.orders_staging` AS\nSELECT * FROM (\nSELECT TO_HEX(MD5(TO_JSON_STRING(STRUCT(`id`, `status`)))) AS row_id, '{{ outputs.upload.uri }}' AS source_file, `id`, `status`\nFROM `shop.orders_external`\n) WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY row_id) = 1"
        },
        {
          id        = "merge"
          type      = "io.kestra.plugin.gcp.bigquery.Query"
          projectId = "company-data"
          sql       = "MERGE INTO `shop.orders` T USING `shop.orders_staging` S ON T.row_id = S.row_id\nWHEN NOT MATCHED THEN INSERT (row_id, source_file, `id`, `status`) VALUES (row_id, source_file, `id`, `status`)"
        },
      ]
    }
    error_message = "The rows go from the bucket through two tables: ${output.content}"
  }
}

run "updates_rows_of_a_key" {
  command = plan

  variables {
    table = { name = "shop.orders", columns = [{ name = "id", type = "INT64" }, { name = "status", type = "STRING" }], key = ["id"] }
  }

  assert {
    condition     = [for task in yamldecode(output.content).tasks : task.sql if task.id == "merge"] == ["MERGE INTO `shop.orders` T USING `shop.orders_staging` S ON T.row_id = S.row_id\nWHEN MATCHED THEN UPDATE SET source_file = S.source_file, `status` = S.`status`\nWHEN NOT MATCHED THEN INSERT (row_id, source_file, `id`, `status`) VALUES (row_id, source_file, `id`, `status`)"]
    error_message = "The newest row of a key must win: ${output.content}"
  }
}

run "reads_other_csv_files" {
  command = plan

  variables {
    source_file = { url = "https://files.example.com/orders.csv", compression = "GZIP", delimiter = "\t", header = false }
  }

  assert {
    condition     = strcontains(yamldecode(output.content).tasks[3].sql, "skip_leading_rows = 0, field_delimiter = '\\t', compression = 'GZIP'")
    error_message = "BigQuery must be told how to read the file: ${output.content}"
  }

  assert {
    condition     = endswith(yamldecode(output.content).tasks[1].to, ".csv.gz")
    error_message = "BigQuery knows a compressed file by its name: ${output.content}"
  }
}

run "works_for_others_retries_and_alerts" {
  command = plan

  variables {
    alert  = { subflow = { namespace = "company.shared", flow_id = "slack-notify" } }
    bucket = "{{ kv('raw_bucket') }}"
    gcp    = { project_id = "company-data", location = "EU", service_account_secret = "GCP_SERVICE_ACCOUNT" }
    retry  = { type = "constant", interval = "PT30S", max_attempts = 2 }
  }

  assert {
    condition     = alltrue([for task in concat(yamldecode(output.content).tasks, yamldecode(output.content).finally) : task.retry == { type = "constant", interval = "PT30S", maxAttempts = 2 }])
    error_message = "Every task must be retried: ${output.content}"
  }

  assert {
    condition     = alltrue([for task in concat(yamldecode(output.content).tasks, yamldecode(output.content).finally) : task.serviceAccount == "{{ secret('GCP_SERVICE_ACCOUNT') }}" && try(task.location, "EU") == "EU" if startswith(task.type, "io.kestra.plugin.gcp")])
    error_message = "Every task must work as the account: ${output.content}"
  }

  assert {
    condition     = yamldecode(output.content).tasks[1].to == "gs://{{ kv('raw_bucket') }}/load-orders/{{ execution.id }}.csv"
    error_message = "The bucket may be an expression: ${output.content}"
  }

  assert {
    condition     = strcontains(yamldecode(output.content).errors[0].inputs.message, "{{ execution.id }}")
    error_message = "The alert must name the execution: ${output.content}"
  }
}

run "refuses_a_bucket_in_capitals" {
  command = plan

  variables {
    bucket = "Company-Raw"
  }

  expect_failures = [var.bucket]
}

run "refuses_an_address_that_is_none" {
  command = plan

  variables {
    source_file = { url = "orders.csv" }
  }

  expect_failures = [var.source_file]
}

run "refuses_an_unknown_compression" {
  command = plan

  variables {
    source_file = { url = "https://files.example.com/orders.csv", compression = "ZIP" }
  }

  expect_failures = [var.source_file]
}

run "refuses_a_delimiter_that_is_a_quote" {
  command = plan

  variables {
    source_file = { url = "https://files.example.com/orders.csv", delimiter = "\"" }
  }

  expect_failures = [var.source_file]
}

run "refuses_a_delimiter_of_two_characters" {
  command = plan

  variables {
    source_file = { url = "https://files.example.com/orders.csv", delimiter = "||" }
  }

  expect_failures = [var.source_file]
}

run "refuses_a_table_name_with_a_quote" {
  command = plan

  variables {
    table = { name = "orders\"; DROP TABLE orders", columns = [{ name = "id", type = "integer" }] }
  }

  expect_failures = [var.table]
}

run "refuses_a_column_name_with_a_space" {
  command = plan

  variables {
    table = { name = "shop.orders", columns = [{ name = "order id", type = "integer" }] }
  }

  expect_failures = [var.table]
}

run "refuses_a_column_with_a_name_of_the_module" {
  command = plan

  variables {
    table = { name = "shop.orders", columns = [{ name = "row_id", type = "integer" }] }
  }

  expect_failures = [var.table]
}

run "refuses_a_type_that_is_none" {
  command = plan

  variables {
    table = { name = "shop.orders", columns = [{ name = "id", type = "integer); DROP TABLE orders" }] }
  }

  expect_failures = [var.table]
}

run "refuses_a_key_that_is_no_column" {
  command = plan

  variables {
    table = { name = "shop.orders", columns = [{ name = "id", type = "integer" }], key = ["number"] }
  }

  expect_failures = [var.table]
}
