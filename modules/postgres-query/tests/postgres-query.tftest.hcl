# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id         = "late-orders"
  namespace  = "company.sales"
  connection = { host = "warehouse.example.com", database = "shop", username = "reports" }
  query      = { sql = "SELECT 1" }
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id        = "late-orders"
      namespace = "company.sales"
      tasks = [{
        id        = "query"
        type      = "io.kestra.plugin.jdbc.postgresql.Query"
        url       = "jdbc:postgresql://warehouse.example.com:5432/shop"
        username  = "reports"
        password  = "{{ secret('POSTGRES_PASSWORD') }}"
        sslMode   = "PREFER"
        sql       = "SELECT 1"
        fetchType = "STORE"
      }]
    }
    error_message = "Unset options must not reach the document: ${output.content}"
  }
}

run "writes_everything_that_was_set" {
  command = plan

  variables {
    alert       = { subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { message = { type = "STRING" }, webhook_secret = { type = "STRING" } } }, inputs = { webhook_secret = "SLACK_SALES" }, message = "No report." }
    connection  = { host = "{{ kv('warehouse_host') }}", database = "shop", username = "reports", password_secret = "WAREHOUSE_PASSWORD", port = 5433, ssl_mode = "verify-full" }
    description = "Orders that are late."
    disabled    = true
    labels      = { owner = "sales" }
    parameters  = { days = "{{ kv('days') }}" }
    query       = { sql = "SELECT id FROM orders WHERE age > CAST(:days AS integer)", fetch_type = "FETCH", timeout = "PT10M" }
    retry       = { type = "exponential", interval = "PT10S", max_attempts = 3, max_interval = "PT2M" }
    tasks       = [jsonencode({ id = "tell", type = "io.kestra.plugin.core.log.Log", message = "{{ outputs.query.size }} late" })]
    triggers    = [jsonencode({ id = "mondays", type = "io.kestra.plugin.core.trigger.Schedule", cron = "0 7 * * MON" })]
  }

  assert {
    condition = yamldecode(output.content) == {
      id          = "late-orders"
      namespace   = "company.sales"
      description = "Orders that are late."
      disabled    = true
      errors = [{
        id        = "alert"
        type      = "io.kestra.plugin.core.flow.Subflow"
        namespace = "company.shared"
        flowId    = "slack-notify"
        inputs    = { message = "No report.", webhook_secret = "SLACK_SALES" }
      }]
      labels = { owner = "sales" }
      tasks = [
        {
          id         = "query"
          type       = "io.kestra.plugin.jdbc.postgresql.Query"
          url        = "jdbc:postgresql://{{ kv('warehouse_host') }}:5433/shop"
          username   = "reports"
          password   = "{{ secret('WAREHOUSE_PASSWORD') }}"
          sslMode    = "VERIFY_FULL"
          sql        = "SELECT id FROM orders WHERE age > CAST(:days AS integer)"
          fetchType  = "FETCH"
          parameters = { days = "{{ kv('days') }}" }
          retry      = { type = "exponential", interval = "PT10S", maxAttempts = 3, maxInterval = "PT2M" }
          timeout    = "PT10M"
        },
        { id = "tell", type = "io.kestra.plugin.core.log.Log", message = "{{ outputs.query.size }} late" },
      ]
      triggers = [{ id = "mondays", type = "io.kestra.plugin.core.trigger.Schedule", cron = "0 7 * * MON" }]
    }
    error_message = "Every option must reach the document under its name in Kestra: ${output.content}"
  }
}

run "carries_any_statement_unharmed" {
  command = plan

  variables {
    query = { sql = "SELECT 'a: b', \"c\" # one\n  FROM t -- it's $${x} %%{y}\n WHERE a = {{ flow.id }}\n\t'\\d+' = '漢 🙂'\n" }
  }

  assert {
    condition     = yamldecode(output.content).tasks[0].sql == var.query.sql
    error_message = "The statement must come back letter by letter: ${output.content}"
  }
}

run "keeps_braces_as_text_when_told_so" {
  command = plan

  variables {
    query = { sql = "SELECT '{{ name }}'", literal = true }
  }

  assert {
    condition     = yamldecode(output.content).tasks[0].sql == "SELECT '{{ '{{' }} name }}'"
    error_message = "Kestra must not render the statement: ${output.content}"
  }
}

run "gives_a_constant_retry_no_longest_wait" {
  command = plan

  variables {
    retry = { type = "constant" }
  }

  assert {
    condition     = yamldecode(output.content).tasks[0].retry == { type = "constant", interval = "PT1M", maxAttempts = 4 }
    error_message = "A constant retry has one wait: ${output.content}"
  }
}

run "refuses_an_empty_statement" {
  command = plan

  variables {
    query = { sql = "  \n" }
  }

  expect_failures = [var.query]
}

run "refuses_an_unknown_fetch_type" {
  command = plan

  variables {
    query = { sql = "SELECT 1", fetch_type = "SOME" }
  }

  expect_failures = [var.query]
}

run "refuses_a_timeout_that_is_no_duration" {
  command = plan

  variables {
    query = { sql = "SELECT 1", timeout = "10 minutes" }
  }

  expect_failures = [var.query]
}

run "refuses_two_statements" {
  command = plan

  variables {
    query = { sql = "SELECT 1; SELECT 2" }
  }

  expect_failures = [var.query]
}

run "refuses_a_parameter_with_a_space" {
  command = plan

  variables {
    parameters = { "the day" = "1" }
  }

  expect_failures = [var.parameters]
}

run "refuses_a_cast_that_would_be_a_parameter" {
  command = plan

  variables {
    parameters = { day = "1" }
    query      = { sql = "SELECT :day::date" }
  }

  expect_failures = [var.parameters]
}

run "refuses_a_parameter_that_the_statement_lacks" {
  command = plan

  variables {
    parameters = { day = "1" }
  }

  expect_failures = [var.parameters]
}
