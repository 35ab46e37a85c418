# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id        = "build-marts"
  namespace = "company.analytics"
}

run "builds_the_project_of_the_namespace" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id        = "build-marts"
      namespace = "company.analytics"
      tasks = [{
        id             = "dbt"
        type           = "io.kestra.plugin.dbt.cli.DbtCLI"
        commands       = ["dbt deps", "dbt build"]
        env            = { DBT_PROFILES_DIR = "dbt" }
        namespaceFiles = { enabled = true, include = ["dbt/**"] }
        projectDir     = "dbt"
      }]
    }
    error_message = "Unset options must not reach the document: ${output.content}"
  }
}

run "writes_everything_that_was_set" {
  command = plan

  variables {
    alert = { subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { message = { type = "STRING" } } }, message = "No marts." }
    dbt = {
      commands        = ["dbt build --select 'tag:a # b'"]
      container_image = "ghcr.io/kestra-io/dbt-bigquery:1.9"
      env             = { DBT_SCHEMA = "prod" }
      project_dir     = "projects/orders"
      secrets         = { DBT_PASSWORD = "WAREHOUSE_PASSWORD" }
    }
    description    = "Marts."
    disabled       = true
    kestra_version = "1.3"
    labels         = { owner = "analytics" }
    retry          = { type = "exponential", max_attempts = 6 }
    tasks          = [jsonencode({ id = "tell", type = "io.kestra.plugin.core.log.Log", message = "Done" })]
    triggers       = [jsonencode({ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@daily" })]
  }

  assert {
    condition = yamldecode(output.content) == {
      id          = "build-marts"
      namespace   = "company.analytics"
      description = "Marts."
      disabled    = true
      errors      = [{ id = "alert", type = "io.kestra.plugin.core.flow.Subflow", namespace = "company.shared", flowId = "slack-notify", inputs = { message = "No marts." } }]
      labels      = { owner = "analytics" }
      tasks = [
        {
          id             = "dbt"
          type           = "io.kestra.plugin.dbt.cli.DbtCLI"
          commands       = ["dbt build --select 'tag:a # b'"]
          containerImage = "ghcr.io/kestra-io/dbt-bigquery:1.9"
          env            = { DBT_PASSWORD = "{{ secret('WAREHOUSE_PASSWORD') }}", DBT_PROFILES_DIR = "projects/orders", DBT_SCHEMA = "prod" }
          namespaceFiles = { enabled = true, include = ["projects/orders/**"] }
          projectDir     = "projects/orders"
          retry          = { type = "exponential", interval = "PT1M", maxAttempts = 6, maxInterval = "PT15M" }
        },
        { id = "tell", type = "io.kestra.plugin.core.log.Log", message = "Done" },
      ]
      triggers = [{ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@daily" }]
    }
    error_message = "Every option must reach the document under its name in Kestra: ${output.content}"
  }
}
