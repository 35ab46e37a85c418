# No server: these runs plan only, and look at what would become part of a flow.
mock_provider "kestra" {}

run "builds_the_project_of_the_namespace" {
  command = plan

  assert {
    condition = jsondecode(output.task) == {
      id             = "dbt"
      type           = "io.kestra.plugin.dbt.cli.DbtCLI"
      commands       = ["dbt deps", "dbt build"]
      env            = { DBT_PROFILES_DIR = "dbt" }
      namespaceFiles = { enabled = true, include = ["dbt/**"] }
      projectDir     = "dbt"
    }
    error_message = "Unset options must not reach the document: ${output.task}"
  }
}

run "writes_everything_that_was_set" {
  command = plan

  variables {
    id = "marts"
    dbt = {
      commands        = ["dbt build --select 'tag:a # b'"]
      container_image = "ghcr.io/kestra-io/dbt-bigquery:1.9"
      env             = { DBT_SCHEMA = "prod" }
      project_dir     = "projects/orders"
      secrets         = { DBT_PASSWORD = "WAREHOUSE_PASSWORD" }
    }
    retry = { type = "exponential", max_attempts = 6 }
  }

  assert {
    condition = jsondecode(output.task) == {
      id             = "marts"
      type           = "io.kestra.plugin.dbt.cli.DbtCLI"
      commands       = ["dbt build --select 'tag:a # b'"]
      containerImage = "ghcr.io/kestra-io/dbt-bigquery:1.9"
      env            = { DBT_PASSWORD = "{{ secret('WAREHOUSE_PASSWORD') }}", DBT_PROFILES_DIR = "projects/orders", DBT_SCHEMA = "prod" }
      namespaceFiles = { enabled = true, include = ["projects/orders/**"] }
      projectDir     = "projects/orders"
      retry          = { type = "exponential", interval = "PT1M", maxAttempts = 6, maxInterval = "PT15M" }
    }
    error_message = "Every option must reach the document under its name in Kestra: ${output.task}"
  }
}

run "runs_a_job_of_dbt_cloud" {
  command = plan

  variables {
    dbt   = { cloud = { account_id = "1", job_id = "{{ kv('job') }}", max_duration = "PT2H", url = "https://emea.dbt.com" } }
    retry = { type = "constant" }
  }

  assert {
    condition = jsondecode(output.task) == {
      id          = "dbt"
      type        = "io.kestra.plugin.dbt.cloud.TriggerRun"
      accountId   = "1"
      baseUrl     = "https://emea.dbt.com"
      jobId       = "{{ kv('job') }}"
      maxDuration = "PT2H"
      retry       = { type = "constant", interval = "PT1M", maxAttempts = 4 }
      token       = "{{ secret('DBT_CLOUD_TOKEN') }}"
    }
    error_message = "The job runs in place of commands: ${output.task}"
  }
}

run "refuses_a_command_that_is_not_dbt" {
  command = plan

  variables {
    dbt = { commands = ["rm -rf /"] }
  }

  expect_failures = [var.dbt]
}

run "refuses_dbt_without_commands" {
  command = plan

  variables {
    dbt = { commands = [] }
  }

  expect_failures = [var.dbt]
}

run "refuses_a_project_outside_the_namespace_files" {
  command = plan

  variables {
    dbt = { project_dir = "../dbt" }
  }

  expect_failures = [var.dbt]
}

run "refuses_a_dbt_secret_that_is_no_name" {
  command = plan

  variables {
    dbt = { secrets = { DBT_PASSWORD = "p@ss word" } }
  }

  expect_failures = [var.dbt]
}

run "refuses_a_variable_that_is_both_secret_and_not" {
  command = plan

  variables {
    dbt = { env = { DBT_USER = "dbt" }, secrets = { DBT_USER = "WAREHOUSE_USER" } }
  }

  expect_failures = [var.dbt]
}

run "refuses_a_job_that_is_no_number" {
  command = plan

  variables {
    dbt = { cloud = { account_id = "1", job_id = "nightly" } }
  }

  expect_failures = [var.dbt]
}

run "refuses_a_cloud_duration_that_is_no_duration" {
  command = plan

  variables {
    dbt = { cloud = { account_id = "1", job_id = "2", max_duration = "2h" } }
  }

  expect_failures = [var.dbt]
}

run "refuses_a_cloud_token_that_is_no_name" {
  command = plan

  variables {
    dbt = { cloud = { account_id = "1", job_id = "2", token_secret = "dbtc_ the token" } }
  }

  expect_failures = [var.dbt]
}

run "refuses_an_image_for_dbt_cloud" {
  command = plan

  variables {
    dbt = { container_image = "dbt", cloud = { account_id = "1", job_id = "2" } }
  }

  expect_failures = [var.dbt]
}

run "refuses_a_task_id_with_a_dot" {
  command = plan

  variables {
    id = "a.b"
  }

  expect_failures = [var.id]
}
