# No server: these runs plan only, and look at what would become part of a flow.
mock_provider "kestra" {}

variables {
  airbyte = { connections = { orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" } }
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition = jsondecode(output.task) == {
      id           = "airbyte_orders"
      type         = "io.kestra.plugin.airbyte.connections.Sync"
      connectionId = "e3b1ce92-547c-436f-b1e8-23b6936c12cd"
      url          = "{{ kv('airbyte_url') }}"
    }
    error_message = "Unset options must not reach the document: ${output.task}"
  }
}

run "syncs_side_by_side" {
  command = plan

  variables {
    id = "shop"
    airbyte = {
      connections  = { customers = "{{ kv('customers') }}", orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" }
      max_duration = "PT3H"
      secrets      = { client_id = "AIRBYTE_CLIENT_ID", client_secret = "AIRBYTE_CLIENT_SECRET" }
      url          = "https://airbyte.example.com"
    }
    retry = { type = "constant" }
  }

  assert {
    condition = jsondecode(output.task) == {
      id   = "shop"
      type = "io.kestra.plugin.core.flow.Parallel"
      tasks = [
        for name, connection in { customers = "{{ kv('customers') }}", orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" } : {
          id                                = "shop_${name}"
          type                              = "io.kestra.plugin.airbyte.connections.Sync"
          applicationCredentials            = { clientId = "{{ secret('AIRBYTE_CLIENT_ID') }}", clientSecret = "{{ secret('AIRBYTE_CLIENT_SECRET') }}" }
          connectionId                      = connection
          maxDuration                       = "PT3H"
          retry                             = { type = "constant", interval = "PT1M", maxAttempts = 4 }
          url                               = "https://airbyte.example.com"
        }
      ]
    }
    error_message = "Every option must reach the document under its name in Kestra: ${output.task}"
  }
}

run "logs_in_with_a_password" {
  command = plan

  variables {
    airbyte = { connections = { orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" }, secrets = { username = "AIRBYTE_USERNAME", password = "AIRBYTE_PASSWORD" } }
  }

  assert {
    condition     = [jsondecode(output.task).username, jsondecode(output.task).password] == ["{{ secret('AIRBYTE_USERNAME') }}", "{{ secret('AIRBYTE_PASSWORD') }}"]
    error_message = "The login must be references to secrets: ${output.task}"
  }
}

run "logs_in_with_a_token" {
  command = plan

  variables {
    airbyte = { connections = { orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" }, secrets = { token = "AIRBYTE_TOKEN" } }
  }

  assert {
    condition     = jsondecode(output.task).token == "{{ secret('AIRBYTE_TOKEN') }}"
    error_message = "The login must be a reference to a secret: ${output.task}"
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

run "refuses_a_task_id_with_a_dot" {
  command = plan

  variables {
    id = "a.b"
  }

  expect_failures = [var.id]
}
