# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id        = "sync-crm"
  namespace = "company.marketing"
  hightouch = { syncs = { crm = 1127166 } }
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id        = "sync-crm"
      namespace = "company.marketing"
      tasks     = [{ id = "hightouch_crm", type = "io.kestra.plugin.hightouch.Sync", syncId = 1127166, token = "{{ secret('HIGHTOUCH_API_TOKEN') }}" }]
    }
    error_message = "Unset options must not reach the document: ${output.content}"
  }
}

run "syncs_side_by_side" {
  command = plan

  variables {
    alert          = { subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { message = { type = "STRING" } } }, message = "No sync." }
    description    = "Tools."
    disabled       = true
    hightouch      = { syncs = { crm = 1, newsletter = 2 }, max_duration = "PT30M", token_secret = "HIGHTOUCH" }
    kestra_version = "2.0"
    labels         = { owner = "marketing" }
    retry          = { type = "constant" }
    tasks          = [jsonencode({ id = "tell", type = "io.kestra.plugin.core.log.Log", message = "Done" })]
    triggers       = [jsonencode({ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@daily" })]
  }

  assert {
    condition = yamldecode(output.content) == {
      id          = "sync-crm"
      namespace   = "company.marketing"
      description = "Tools."
      disabled    = true
      errors      = [{ id = "alert", type = "io.kestra.plugin.core.flow.Subflow", namespace = "company.shared", flowId = "slack-notify", inputs = { message = "No sync." } }]
      labels      = { owner = "marketing" }
      tasks = [
        {
          id   = "hightouch"
          type = "io.kestra.plugin.core.flow.Parallel"
          tasks = [
            for name, number in { crm = 1, newsletter = 2 } : {
              id                      = "hightouch_${name}"
              type                    = "io.kestra.plugin.hightouch.Sync"
              maxDuration             = "PT30M"
              retry                   = { type = "constant", interval = "PT1M", maxAttempts = 4 }
              syncId                  = number
              token                   = "{{ secret('HIGHTOUCH') }}"
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
