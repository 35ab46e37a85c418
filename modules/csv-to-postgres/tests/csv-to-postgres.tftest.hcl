# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id          = "load-orders"
  namespace   = "company.sales"
  connection  = { host = "warehouse.example.com", database = "shop", username = "loader" }
  source_file = { url = "https://files.example.com/orders.csv" }
  table       = { name = "orders", columns = [{ name = "id", type = "bigint" }, { name = "Status", type = "text" }] }
}

run "stages_and_merges" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id          = "load-orders"
      namespace   = "company.sales"
      concurrency = { limit = 1 }
      tasks = [
        { id = "download", type = "io.kestra.plugin.core.http.Download", uri = "https://files.example.com/orders.csv" },
        {
          id       = "prepare"
          type     = "io.kestra.plugin.jdbc.postgresql.Queries"
          url      = "jdbc:postgresql://warehouse.example.com:5432/shop"
          username = "loader"
          password = "{{ secret('POSTGRES_PASSWORD') }}"
          sslMode  = "PREFER"
          sql = trimspace(<<-SQL
            CREATE TABLE IF NOT EXISTS "orders" (row_id text PRIMARY KEY, source_file text, "id" bigint, "Status" text);
            DROP TABLE IF EXISTS "orders_staging";
            CREATE UNLOGGED TABLE "orders_staging" ("id" bigint, "Status" text)
          SQL
          )
        },
        {
          id        = "copy"
          type      = "io.kestra.plugin.jdbc.postgresql.CopyIn"
          url       = "jdbc:postgresql://warehouse.example.com:5432/shop"
          username  = "loader"
          password  = "{{ secret('POSTGRES_PASSWORD') }}"
          sslMode   = "PREFER"
          from      = "{{ outputs.download.uri }}"
          table     = "\"orders_staging\""
          columns   = ["\"id\"", "\"Status\""]
          format    = "CSV"
          delimiter = ","
          header    = true
        },
        {
          id         = "merge"
          type       = "io.kestra.plugin.jdbc.postgresql.Query"
          url        = "jdbc:postgresql://warehouse.example.com:5432/shop"
          username   = "loader"
          password   = "{{ secret('POSTGRES_PASSWORD') }}"
          sslMode    = "PREFER"
          parameters = { source_file = "https://files.example.com/orders.csv" }
          sql = trimspace(<<-SQL
            INSERT INTO "orders" (row_id, source_file, "id", "Status")
            SELECT DISTINCT ON (1) md5(CAST(ROW("id", "Status") AS text)), CAST(:source_file AS text), "id", "Status"
            FROM "orders_staging"
            ON CONFLICT (row_id) DO NOTHING
          SQL
          )
        },
      ]
    }
    error_message = "The rows go through a staging table: ${output.content}"
  }
}

run "updates_rows_of_a_key" {
  command = plan

  variables {
    table = { name = "raw.orders", columns = [{ name = "id", type = "bigint" }, { name = "status", type = "text" }, { name = "amount", type = "numeric(10, 2)" }], key = ["id"] }
  }

  assert {
    condition = yamldecode(output.content).tasks[3].sql == trimspace(<<-SQL
      INSERT INTO "raw"."orders" (row_id, source_file, "id", "status", "amount")
      SELECT DISTINCT ON (1) md5(CAST(ROW("id") AS text)), CAST(:source_file AS text), "id", "status", "amount"
      FROM "raw"."orders_staging"
      ON CONFLICT (row_id) DO UPDATE SET source_file = EXCLUDED.source_file, "status" = EXCLUDED."status", "amount" = EXCLUDED."amount"
    SQL
    )
    error_message = "The newest row of a key must win: ${output.content}"
  }
}

run "decompresses_and_reads_other_csv_files" {
  command = plan

  variables {
    source_file = { url = "https://files.example.com/orders.csv", compression = "GZIP", delimiter = ";", header = false }
  }

  assert {
    condition     = yamldecode(output.content).tasks[1] == { id = "decompress", type = "io.kestra.plugin.compress.FileDecompress", from = "{{ outputs.download.uri }}", compression = "GZIP" }
    error_message = "A compressed file must be decompressed: ${output.content}"
  }

  assert {
    condition     = [for task in yamldecode(output.content).tasks : [task.from, task.delimiter, task.header] if task.id == "copy"] == [["{{ outputs.decompress.uri }}", ";", false]]
    error_message = "What was decompressed must be copied: ${output.content}"
  }
}

run "retries_every_task_and_alerts" {
  command = plan

  variables {
    alert       = { subflow = { namespace = "company.shared", flow_id = "slack-notify" } }
    retry       = { type = "constant", interval = "PT30S", max_attempts = 2 }
    source_file = { url = "https://files.example.com/orders-{{ inputs.month }}.csv" }
    inputs      = [{ id = "month", type = "STRING", defaults = "2021-01", validator = "^[0-9]{4}-[0-9]{2}$" }]
  }

  assert {
    condition     = yamldecode(output.content).inputs == [{ id = "month", type = "STRING", defaults = "2021-01", validator = "^[0-9]{4}-[0-9]{2}$" }]
    error_message = "The flow must have its inputs: ${output.content}"
  }

  assert {
    condition     = alltrue([for task in yamldecode(output.content).tasks : task.retry == { type = "constant", interval = "PT30S", maxAttempts = 2 }])
    error_message = "Every task of the module must be retried: ${output.content}"
  }

  assert {
    condition     = strcontains(yamldecode(output.content).errors[0].inputs.message, "{{ execution.id }}")
    error_message = "The alert must name the execution: ${output.content}"
  }
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
    table = { name = "orders", columns = [{ name = "order id", type = "integer" }] }
  }

  expect_failures = [var.table]
}

run "refuses_a_column_with_a_name_of_the_module" {
  command = plan

  variables {
    table = { name = "orders", columns = [{ name = "row_id", type = "integer" }] }
  }

  expect_failures = [var.table]
}

run "refuses_a_type_that_is_none" {
  command = plan

  variables {
    table = { name = "orders", columns = [{ name = "id", type = "integer); DROP TABLE orders" }] }
  }

  expect_failures = [var.table]
}

run "refuses_a_key_that_is_no_column" {
  command = plan

  variables {
    table = { name = "orders", columns = [{ name = "id", type = "integer" }], key = ["number"] }
  }

  expect_failures = [var.table]
}
