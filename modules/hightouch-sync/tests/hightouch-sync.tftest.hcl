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
      tasks     = [{ id = "crm", type = "io.kestra.plugin.hightouch.Sync", syncId = 1127166, token = "{{ secret('HIGHTOUCH_API_TOKEN') }}" }]
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
          id   = "syncs"
          type = "io.kestra.plugin.core.flow.Parallel"
          tasks = [
            for name, number in { crm = 1, newsletter = 2 } : {
              id                      = name
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

run "refuses_a_hightouch_sync_of_a_fraction" {
  command = plan

  variables {
    hightouch = { syncs = { crm = 1.5 } }
  }

  expect_failures = [var.hightouch]
}

run "refuses_a_hightouch_duration_that_is_no_duration" {
  command = plan

  variables {
    hightouch = { syncs = { crm = 1 }, max_duration = "20 minutes" }
  }

  expect_failures = [var.hightouch]
}

run "refuses_a_hightouch_token_that_is_no_name" {
  command = plan

  variables {
    hightouch = { syncs = { crm = 1 }, token_secret = "the token" }
  }

  expect_failures = [var.hightouch]
}

run "refuses_no_hightouch_sync" {
  command = plan

  variables {
    hightouch = { syncs = {} }
  }

  expect_failures = [var.hightouch]
}

run "refuses_a_hightouch_sync_whose_name_has_a_space" {
  command = plan

  variables {
    hightouch = { syncs = { "the crm" = 1 } }
  }

  expect_failures = [var.hightouch]
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
