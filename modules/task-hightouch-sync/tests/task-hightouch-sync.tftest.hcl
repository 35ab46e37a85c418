# No server: these runs plan only, and look at what would become part of a flow.
mock_provider "kestra" {}

variables {
  hightouch = { syncs = { crm = 1127166 } }
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition     = jsondecode(output.task) == { id = "hightouch_crm", type = "io.kestra.plugin.hightouch.Sync", syncId = 1127166, token = "{{ secret('HIGHTOUCH_API_TOKEN') }}" }
    error_message = "Unset options must not reach the document: ${output.task}"
  }
}

run "syncs_side_by_side" {
  command = plan

  variables {
    id        = "tools"
    hightouch = { syncs = { crm = 1, newsletter = 2 }, max_duration = "PT30M", token_secret = "HIGHTOUCH" }
    retry     = { type = "constant" }
  }

  assert {
    condition = jsondecode(output.task) == {
      id   = "tools"
      type = "io.kestra.plugin.core.flow.Parallel"
      tasks = [
        for name, number in { crm = 1, newsletter = 2 } : {
          id                      = "tools_${name}"
          type                    = "io.kestra.plugin.hightouch.Sync"
          maxDuration             = "PT30M"
          retry                   = { type = "constant", interval = "PT1M", maxAttempts = 4 }
          syncId                  = number
          token                   = "{{ secret('HIGHTOUCH') }}"
        }
      ]
    }
    error_message = "Every option must reach the document under its name in Kestra: ${output.task}"
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

run "refuses_a_task_id_with_a_dot" {
  command = plan

  variables {
    id = "a.b"
  }

  expect_failures = [var.id]
}
