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
        id           = "airbyte_orders"
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
          id   = "airbyte"
          type = "io.kestra.plugin.core.flow.Parallel"
          tasks = [
            for name, connection in { customers = "{{ kv('customers') }}", orders = "e3b1ce92-547c-436f-b1e8-23b6936c12cd" } : {
              id                                = "airbyte_${name}"
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
