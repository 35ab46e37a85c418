# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id        = "product-ratings"
  namespace = "company.sales"
  query     = { sql = "SELECT * FROM 'data.json'" }
  request   = { url = "https://dummyjson.com/products" }
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id        = "product-ratings"
      namespace = "company.sales"
      tasks = [
        { id = "request", type = "io.kestra.plugin.core.http.Download", uri = "https://dummyjson.com/products", method = "GET" },
        {
          id         = "query"
          type       = "io.kestra.plugin.jdbc.duckdb.Query"
          inputFiles = { "data.json" = "{{ outputs.request.uri }}" }
          sql        = "SELECT * FROM 'data.json'"
          fetchType  = "STORE"
        },
      ]
    }
    error_message = "Unset options must not reach the document: ${output.content}"
  }
}

run "writes_everything_that_was_set" {
  command = plan

  variables {
    alert       = { subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { message = { type = "STRING" }, webhook_secret = { type = "STRING" } } }, message = "No rates." }
    description = "Rates of the day."
    disabled    = true
    labels      = { owner = "finance" }
    query       = { sql = "SELECT 1", fetch_type = "FETCH_ONE", timeout = "PT1M" }
    request = {
      url          = "{{ kv('rates_url') }}"
      body         = "{{ {'day': trigger.date} | toJson }}"
      content_type = "application/json"
      file         = "rates.csv"
      headers      = { Accept = "text/csv" }
      method       = "POST"
      params       = { base = "EUR" }
      token_secret = "RATES_TOKEN"
    }
    retry    = { max_attempts = 2 }
    tasks    = [jsonencode({ id = "tell", type = "io.kestra.plugin.core.log.Log", message = "Done" })]
    triggers = [jsonencode({ id = "hourly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@hourly" })]
  }

  assert {
    condition = yamldecode(output.content) == {
      id          = "product-ratings"
      namespace   = "company.sales"
      description = "Rates of the day."
      disabled    = true
      errors      = [{ id = "alert", type = "io.kestra.plugin.core.flow.Subflow", namespace = "company.shared", flowId = "slack-notify", inputs = { message = "No rates." } }]
      labels      = { owner = "finance" }
      tasks = [
        {
          id          = "request"
          type        = "io.kestra.plugin.core.http.Download"
          uri         = "{{ kv('rates_url') }}"
          body        = "{{ {'day': trigger.date} | toJson }}"
          contentType = "application/json"
          headers     = { Accept = "text/csv" }
          method      = "POST"
          options     = { auth = { type = "BEARER", token = "{{ secret('RATES_TOKEN') }}" } }
          params      = { base = "EUR" }
          retry       = { type = "exponential", interval = "PT1M", maxAttempts = 2, maxInterval = "PT15M" }
        },
        {
          id         = "query"
          type       = "io.kestra.plugin.jdbc.duckdb.Query"
          inputFiles = { "rates.csv" = "{{ outputs.request.uri }}" }
          sql        = "SELECT 1"
          fetchType  = "FETCH_ONE"
          retry      = { type = "exponential", interval = "PT1M", maxAttempts = 2, maxInterval = "PT15M" }
          timeout    = "PT1M"
        },
        { id = "tell", type = "io.kestra.plugin.core.log.Log", message = "Done" },
      ]
      triggers = [{ id = "hourly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@hourly" }]
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
    condition     = yamldecode(output.content).tasks[1].sql == var.query.sql
    error_message = "The statement must come back letter by letter: ${output.content}"
  }
}

run "keeps_braces_as_text_when_told_so" {
  command = plan

  variables {
    query = { sql = "SELECT '{{ name }}'", literal = true }
  }

  assert {
    condition     = yamldecode(output.content).tasks[1].sql == "SELECT '{{ '{{' }} name }}'"
    error_message = "Kestra must not render the statement: ${output.content}"
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

run "refuses_an_address_that_is_none" {
  command = plan

  variables {
    request = { url = "dummyjson.com" }
  }

  expect_failures = [var.request]
}

run "refuses_a_file_name_without_an_end" {
  command = plan

  variables {
    request = { url = "https://dummyjson.com", file = "data" }
  }

  expect_failures = [var.request]
}

run "refuses_an_unknown_method" {
  command = plan

  variables {
    request = { url = "https://dummyjson.com", method = "get" }
  }

  expect_failures = [var.request]
}

run "refuses_a_token_in_place_of_the_name_of_a_secret" {
  command = plan

  variables {
    request = { url = "https://dummyjson.com", token_secret = "Bearer xyz" }
  }

  expect_failures = [var.request]
}
