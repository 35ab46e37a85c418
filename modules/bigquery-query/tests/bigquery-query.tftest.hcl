# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id        = "sessions"
  namespace = "company.analytics"
  gcp       = { project_id = "company-data" }
  query     = { sql = "SELECT 1" }
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id        = "sessions"
      namespace = "company.analytics"
      tasks     = [{ id = "query", type = "io.kestra.plugin.gcp.bigquery.Query", projectId = "company-data", sql = "SELECT 1", fetchType = "STORE" }]
    }
    error_message = "Unset options must not reach the document: ${output.content}"
  }
}

run "writes_everything_that_was_set" {
  command = plan

  variables {
    alert       = { subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { message = { type = "STRING" }, webhook_secret = { type = "STRING" } } }, message = "No sessions." }
    description = "Sessions of the day."
    destination = { table = "company-data.marts.sessions", disposition = "WRITE_APPEND" }
    disabled    = true
    gcp         = { project_id = "company-data", location = "EU", service_account_secret = "GCP_SERVICE_ACCOUNT", impersonate = "loader@company-data.iam.gserviceaccount.com" }
    labels      = { owner = "analytics" }
    query       = { sql = "SELECT 1", fetch_type = "NONE", timeout = "PT1H" }
    retry       = { type = "constant", interval = "PT5M", max_attempts = 12 }
    tasks       = [jsonencode({ id = "tell", type = "io.kestra.plugin.core.log.Log", message = "Done" })]
    triggers    = [jsonencode({ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@daily" })]
  }

  assert {
    condition = yamldecode(output.content) == {
      id          = "sessions"
      namespace   = "company.analytics"
      description = "Sessions of the day."
      disabled    = true
      errors      = [{ id = "alert", type = "io.kestra.plugin.core.flow.Subflow", namespace = "company.shared", flowId = "slack-notify", inputs = { message = "No sessions." } }]
      labels      = { owner = "analytics" }
      tasks = [
        {
          id                         = "query"
          type                       = "io.kestra.plugin.gcp.bigquery.Query"
          projectId                  = "company-data"
          serviceAccount             = "{{ secret('GCP_SERVICE_ACCOUNT') }}"
          impersonatedServiceAccount = "loader@company-data.iam.gserviceaccount.com"
          sql                        = "SELECT 1"
          destinationTable           = "company-data.marts.sessions"
          fetchType                  = "NONE"
          location                   = "EU"
          retry                      = { type = "constant", interval = "PT5M", maxAttempts = 12 }
          timeout                    = "PT1H"
          writeDisposition           = "WRITE_APPEND"
        },
        { id = "tell", type = "io.kestra.plugin.core.log.Log", message = "Done" },
      ]
      triggers = [{ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@daily" }]
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

run "refuses_a_destination_without_a_dataset" {
  command = plan

  variables {
    destination = { table = "sessions" }
  }

  expect_failures = [var.destination]
}

run "refuses_an_unknown_disposition" {
  command = plan

  variables {
    destination = { table = "web.sessions", disposition = "REPLACE" }
  }

  expect_failures = [var.destination]
}
