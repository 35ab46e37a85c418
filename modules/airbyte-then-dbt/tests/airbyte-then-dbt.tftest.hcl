# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id        = "orders-to-warehouse"
  namespace = "company.analytics"
  airbyte   = { connections = { orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" } }
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id        = "orders-to-warehouse"
      namespace = "company.analytics"
      tasks = [
        {
          id           = "airbyte_orders"
          type         = "io.kestra.plugin.airbyte.connections.Sync"
          url          = "{{ kv('airbyte_url') }}"
          connectionId = "e3b1ce92-547c-436f-b1e8-23b6936c12cd"
        },
        {
          id             = "dbt"
          type           = "io.kestra.plugin.dbt.cli.DbtCLI"
          commands       = ["dbt deps", "dbt build"]
          env            = { DBT_PROFILES_DIR = "dbt" }
          namespaceFiles = { enabled = true, include = ["dbt/**"] }
          projectDir     = "dbt"
          retry          = { type = "exponential", interval = "PT1M", maxAttempts = 4, maxInterval = "PT15M" }
        },
      ]
    }
    error_message = "Unset options must not reach the document: ${output.content}"
  }
}

run "writes_everything_that_was_set" {
  command = plan

  variables {
    airbyte = {
      connections  = { orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" }
      max_duration = "PT3H"
      secrets      = { client_id = "AIRBYTE_CLIENT_ID", client_secret = "AIRBYTE_CLIENT_SECRET" }
      url          = "https://airbyte.example.com"
    }
    alert = {
      subflow = { namespace = "company.shared", flow_id = "slack-notify" }
      inputs  = { webhook_secret = "SLACK_ON_CALL" }
      message = "Orders are late."
    }
    dbt = {
      commands        = ["dbt build --select orders+"]
      container_image = "ghcr.io/kestra-io/dbt-bigquery:1.9"
      env             = { DBT_SCHEMA = "prod" }
      project_dir     = "projects/orders"
      secrets         = { DBT_PASSWORD = "WAREHOUSE_PASSWORD" }
    }
    description = "Orders into the warehouse."
    disabled    = true
    hightouch   = { syncs = { crm = 1127166 }, max_duration = "PT20M" }
    labels      = { owner = "analytics" }
    retry       = { type = "constant", interval = "PT30S", max_attempts = 2 }
    triggers    = ["{\"id\": \"nightly\", \"type\": \"io.kestra.plugin.core.trigger.Schedule\", \"cron\": \"0 2 * * *\"}"]
  }

  assert {
    condition = yamldecode(output.content) == {
      id          = "orders-to-warehouse"
      namespace   = "company.analytics"
      description = "Orders into the warehouse."
      disabled    = true
      errors = [{
        id        = "alert"
        type      = "io.kestra.plugin.core.flow.Subflow"
        namespace = "company.shared"
        flowId    = "slack-notify"
        inputs    = { message = "Orders are late.", webhook_secret = "SLACK_ON_CALL" }
      }]
      labels = { owner = "analytics" }
      tasks = [
        {
          id                     = "airbyte_orders"
          type                   = "io.kestra.plugin.airbyte.connections.Sync"
          url                    = "https://airbyte.example.com"
          connectionId           = "e3b1ce92-547c-436f-b1e8-23b6936c12cd"
          applicationCredentials = { clientId = "{{ secret('AIRBYTE_CLIENT_ID') }}", clientSecret = "{{ secret('AIRBYTE_CLIENT_SECRET') }}" }
          maxDuration            = "PT3H"
        },
        {
          id             = "dbt"
          type           = "io.kestra.plugin.dbt.cli.DbtCLI"
          commands       = ["dbt build --select orders+"]
          containerImage = "ghcr.io/kestra-io/dbt-bigquery:1.9"
          env = {
            DBT_PASSWORD     = "{{ secret('WAREHOUSE_PASSWORD') }}"
            DBT_PROFILES_DIR = "projects/orders"
            DBT_SCHEMA       = "prod"
          }
          namespaceFiles = { enabled = true, include = ["projects/orders/**"] }
          projectDir     = "projects/orders"
          retry          = { type = "constant", interval = "PT30S", maxAttempts = 2 }
        },
        {
          id          = "hightouch_crm"
          type        = "io.kestra.plugin.hightouch.Sync"
          token       = "{{ secret('HIGHTOUCH_API_TOKEN') }}"
          syncId      = 1127166
          maxDuration = "PT20M"
        },
      ]
      triggers = [{ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "0 2 * * *" }]
    }
    error_message = "Every option must reach the document under Kestra's name: ${output.content}"
  }
}

run "syncs_several_at_the_same_time" {
  command = plan

  variables {
    airbyte = {
      connections = {
        customers = "{{ kv('customers_connection') }}"
        orders    = "e3b1ce92-547c-436f-b1e8-23b6936c12cd"
      }
      url = "https://airbyte.example.com"
    }
    hightouch = { syncs = { ads = 2, crm = 1 } }
  }

  assert {
    condition = yamldecode(output.content).tasks[0] == {
      id   = "airbyte"
      type = "io.kestra.plugin.core.flow.Parallel"
      tasks = [
        {
          id           = "airbyte_customers"
          type         = "io.kestra.plugin.airbyte.connections.Sync"
          connectionId = "{{ kv('customers_connection') }}"
          url          = "https://airbyte.example.com"
        },
        {
          id           = "airbyte_orders"
          type         = "io.kestra.plugin.airbyte.connections.Sync"
          connectionId = "e3b1ce92-547c-436f-b1e8-23b6936c12cd"
          url          = "https://airbyte.example.com"
        },
      ]
    }
    error_message = "The connections must be synced in parallel: ${output.content}"
  }
  assert {
    condition = yamldecode(output.content).tasks[2] == {
      id   = "hightouch"
      type = "io.kestra.plugin.core.flow.Parallel"
      tasks = [
        { id = "hightouch_ads", type = "io.kestra.plugin.hightouch.Sync", syncId = 2, token = "{{ secret('HIGHTOUCH_API_TOKEN') }}" },
        { id = "hightouch_crm", type = "io.kestra.plugin.hightouch.Sync", syncId = 1, token = "{{ secret('HIGHTOUCH_API_TOKEN') }}" },
      ]
    }
    error_message = "The syncs must run in parallel: ${output.content}"
  }
}

run "runs_a_job_of_dbt_cloud" {
  command = plan

  variables {
    dbt = { cloud = { account_id = "70403103", job_id = "{{ kv('dbt_job') }}", max_duration = "PT2H", url = "https://emea.dbt.com" } }
  }

  assert {
    condition = yamldecode(output.content).tasks[1] == {
      id          = "dbt"
      type        = "io.kestra.plugin.dbt.cloud.TriggerRun"
      accountId   = "70403103"
      baseUrl     = "https://emea.dbt.com"
      jobId       = "{{ kv('dbt_job') }}"
      maxDuration = "PT2H"
      retry       = { type = "exponential", interval = "PT1M", maxAttempts = 4, maxInterval = "PT15M" }
      token       = "{{ secret('DBT_CLOUD_TOKEN') }}"
    }
    error_message = "A job of dbt Cloud must run in place of the command line: ${output.content}"
  }
}

# With a version the flow is checked for that line, so a refusal would fail the plan.
run "is_accepted_by_1_3" {
  command = plan

  variables {
    hightouch      = { syncs = { ads = 2, crm = 1 } }
    kestra_version = "1.3.31"
  }

  assert {
    condition     = length(yamldecode(output.content).tasks) == 3
    error_message = "The flow must be the same on both lines: ${output.content}"
  }
}

# With a version the flow is checked for that line, so a refusal would fail the plan.
run "is_accepted_by_2_0" {
  command = plan

  variables {
    hightouch      = { syncs = { ads = 2, crm = 1 } }
    kestra_version = "2.0.0"
  }

  assert {
    condition     = length(yamldecode(output.content).tasks) == 3
    error_message = "The flow must be the same on both lines: ${output.content}"
  }
}

run "names_the_execution_in_an_alert" {
  command = plan

  variables {
    alert = {
      subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { message = { type = "STRING" } } }
    }
  }

  assert {
    condition     = strcontains(yamldecode(output.content).errors[0].inputs.message, "{{ execution.id }}")
    error_message = "The alert must say which execution failed: ${output.content}"
  }
}

run "does_not_retry_when_told_so" {
  command = plan

  variables {
    retry = null
  }

  assert {
    condition     = !can(yamldecode(output.content).tasks[1].retry)
    error_message = "A null retry must not reach the document: ${output.content}"
  }
}
