# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id        = "sync-orders"
  namespace = "company.analytics"
  airbyte   = { connections = { orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" } }
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id        = "sync-orders"
      namespace = "company.analytics"
      tasks = [{
        id           = "orders"
        type         = "io.kestra.plugin.airbyte.connections.Sync"
        connectionId = "e3b1ce92-547c-436f-b1e8-23b6936c12cd"
        url          = "{{ kv('airbyte_url') }}"
      }]
    }
    error_message = "Unset options must not reach the document: ${output.content}"
  }
}

run "syncs_side_by_side" {
  command = plan

  variables {
    airbyte = {
      connections  = { customers = "{{ kv('customers') }}", orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" }
      max_duration = "PT3H"
      secrets      = { client_id = "AIRBYTE_CLIENT_ID", client_secret = "AIRBYTE_CLIENT_SECRET" }
      url          = "https://airbyte.example.com"
    }
    alert          = { subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { message = { type = "STRING" } } }, message = "No sync." }
    description    = "Orders."
    disabled       = true
    kestra_version = "2.0"
    labels         = { owner = "analytics" }
    retry          = { type = "constant" }
    tasks          = [jsonencode({ id = "tell", type = "io.kestra.plugin.core.log.Log", message = "Done" })]
    triggers       = [jsonencode({ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@daily" })]
  }

  assert {
    condition = yamldecode(output.content) == {
      id          = "sync-orders"
      namespace   = "company.analytics"
      description = "Orders."
      disabled    = true
      errors      = [{ id = "alert", type = "io.kestra.plugin.core.flow.Subflow", namespace = "company.shared", flowId = "slack-notify", inputs = { message = "No sync." } }]
      labels      = { owner = "analytics" }
      tasks = [
        {
          id   = "syncs"
          type = "io.kestra.plugin.core.flow.Parallel"
          tasks = [
            for name, connection in { customers = "{{ kv('customers') }}", orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" } : {
              id                                = name
              type                              = "io.kestra.plugin.airbyte.connections.Sync"
              applicationCredentials            = { clientId = "{{ secret('AIRBYTE_CLIENT_ID') }}", clientSecret = "{{ secret('AIRBYTE_CLIENT_SECRET') }}" }
              connectionId                      = connection
              maxDuration                       = "PT3H"
              retry                             = { type = "constant", interval = "PT1M", maxAttempts = 4 }
              url                               = "https://airbyte.example.com"
            }
          ]
        },
        { id = "tell", type = "io.kestra.plugin.core.log.Log", message = "Done" },
      ]
      triggers = [{ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@daily" }]
    }
    error_message = "Every option must reach the document under its name in Kestra: ${output.content}"
  }
}

run "logs_in_with_a_password" {
  command = plan

  variables {
    airbyte = { connections = { orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" }, secrets = { username = "AIRBYTE_USERNAME", password = "AIRBYTE_PASSWORD" } }
  }

  assert {
    condition     = [yamldecode(output.content).tasks[0].username, yamldecode(output.content).tasks[0].password] == ["{{ secret('AIRBYTE_USERNAME') }}", "{{ secret('AIRBYTE_PASSWORD') }}"]
    error_message = "The login must be references to secrets: ${output.content}"
  }
}

run "logs_in_with_a_token" {
  command = plan

  variables {
    airbyte = { connections = { orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" }, secrets = { token = "AIRBYTE_TOKEN" } }
  }

  assert {
    condition     = yamldecode(output.content).tasks[0].token == "{{ secret('AIRBYTE_TOKEN') }}"
    error_message = "The login must be a reference to a secret: ${output.content}"
  }
}

run "refuses_a_connection_id_that_is_no_uuid" {
  command = plan

  variables {
    airbyte = { connections = { orders = "orders" } }
  }

  expect_failures = [var.airbyte]
}

run "refuses_a_sync_duration_that_is_no_duration" {
  command = plan

  variables {
    airbyte = { connections = { orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" }, max_duration = "3h" }
  }

  expect_failures = [var.airbyte]
}

run "refuses_half_an_airbyte_login" {
  command = plan

  variables {
    airbyte = { connections = { orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" }, secrets = { username = "AIRBYTE_USERNAME" } }
  }

  expect_failures = [var.airbyte]
}

run "refuses_an_airbyte_secret_that_is_no_name" {
  command = plan

  variables {
    airbyte = { connections = { orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" }, secrets = { token = "{{ secret('AIRBYTE_TOKEN') }}" } }
  }

  expect_failures = [var.airbyte]
}

run "refuses_no_connection" {
  command = plan

  variables {
    airbyte = { connections = {} }
  }

  expect_failures = [var.airbyte]
}

run "refuses_a_connection_whose_name_has_a_space" {
  command = plan

  variables {
    airbyte = { connections = { "the orders" = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" } }
  }

  expect_failures = [var.airbyte]
}

run "refuses_a_version_of_another_line" {
  command = plan

  variables {
    kestra_version = "0.24.1"
  }

  expect_failures = [var.kestra_version]
}

run "refuses_an_alert_to_a_subflow_without_a_message" {
  command = plan

  variables {
    alert = { subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { text = { type = "STRING" } } } }
  }

  expect_failures = [var.alert]
}

run "refuses_an_alert_input_that_the_subflow_does_not_take" {
  command = plan

  variables {
    alert = { subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { message = { type = "STRING" } } }, inputs = { channel = "#data" } }
  }

  expect_failures = [var.alert]
}

run "refuses_a_retry_interval_that_is_no_duration" {
  command = plan

  variables {
    retry = { interval = "60" }
  }

  expect_failures = [var.retry]
}

run "refuses_a_retry_of_no_attempts" {
  command = plan

  variables {
    retry = { max_attempts = 0 }
  }

  expect_failures = [var.retry]
}

run "refuses_an_unknown_retry_type" {
  command = plan

  variables {
    retry = { type = "random" }
  }

  expect_failures = [var.retry]
}
