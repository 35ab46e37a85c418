# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id        = "ping"
  namespace = "company.sales"
  subflow   = { namespace = "company.shared", flow_id = "http-call", inputs = { uri = { type = "STRING" } } }
  inputs    = { uri = "https://shop.example.com" }
}

run "starts_the_subflow_once_a_day" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id        = "ping"
      namespace = "company.sales"
      tasks     = [{ id = "run", type = "io.kestra.plugin.core.flow.Subflow", namespace = "company.shared", flowId = "http-call", inputs = { uri = "https://shop.example.com" } }]
      triggers  = [{ id = "schedule", type = "io.kestra.plugin.core.trigger.Schedule", cron = output.cron }]
    }
    error_message = "The flow has one task and one schedule: ${output.content}"
  }

  assert {
    condition     = can(regex("^[0-9]{1,2} [0-9]{1,2} \\* \\* \\*$", output.cron))
    error_message = "Once a day is a minute and an hour: ${output.cron}"
  }
}

run "writes_everything_that_was_set" {
  command = plan

  variables {
    alert       = { subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { message = { type = "STRING" }, webhook_secret = { type = "STRING" } } }, message = "No answer." }
    description = "Is the shop there?"
    disabled    = true
    labels      = { owner = "sales" }
    schedule    = { every = "hour", from = 8, to = 20, timezone = "Europe/Berlin" }
  }

  assert {
    condition = yamldecode(output.content) == {
      id          = "ping"
      namespace   = "company.sales"
      description = "Is the shop there?"
      disabled    = true
      errors      = [{ id = "alert", type = "io.kestra.plugin.core.flow.Subflow", namespace = "company.shared", flowId = "slack-notify", inputs = { message = "No answer." } }]
      labels      = { owner = "sales" }
      tasks = [{
        id        = "run"
        type      = "io.kestra.plugin.core.flow.Subflow"
        namespace = "company.shared"
        flowId    = "http-call"
        inputs    = { uri = "https://shop.example.com" }
      }]
      triggers = [{ id = "schedule", type = "io.kestra.plugin.core.trigger.Schedule", cron = output.cron, timezone = "Europe/Berlin" }]
    }
    error_message = "Every option must reach the document under its name in Kestra: ${output.content}"
  }

  assert {
    condition     = can(regex("^[0-9]{1,2} 8-19 \\* \\* \\*$", output.cron))
    error_message = "Every hour between two hours: ${output.cron}"
  }
}

run "keeps_to_its_hours" {
  command = plan

  variables {
    schedule = { every = "day", from = 3, to = 4 }
  }

  assert {
    condition     = split(" ", output.cron)[1] == "3"
    error_message = "One hour is what it may start in: ${output.cron}"
  }
}

run "has_a_day_of_the_week" {
  command = plan

  variables {
    schedule = { every = "week" }
  }

  assert {
    condition     = can(regex("^[0-9]{1,2} [0-9]{1,2} \\* \\* [0-6]$", output.cron))
    error_message = "Once a week is a weekday: ${output.cron}"
  }
}

run "has_a_day_of_the_month" {
  command = plan

  variables {
    schedule = { every = "month" }
  }

  assert {
    condition     = can(regex("^[0-9]{1,2} [0-9]{1,2} ([1-9]|1[0-9]|2[0-8]) \\* \\*$", output.cron))
    error_message = "Once a month is a day that every month has: ${output.cron}"
  }
}

run "has_the_same_time_in_every_plan" {
  command = plan

  assert {
    condition     = output.cron == "54 17 * * *"
    error_message = "The time must come from the name alone: ${output.cron}"
  }
}

run "has_another_time_for_another_name" {
  command = plan

  variables {
    id = "ping-lyon"
  }

  assert {
    condition     = output.cron == "5 2 * * *"
    error_message = "Two flows must not start together: ${output.cron}"
  }
}

run "refuses_a_subflow_without_an_id" {
  command = plan

  variables {
    subflow = { namespace = "company.shared", flow_id = "" }
  }

  expect_failures = [var.subflow]
}

run "refuses_an_unknown_frequency" {
  command = plan

  variables {
    schedule = { every = "minute" }
  }

  expect_failures = [var.schedule]
}

run "refuses_hours_the_wrong_way_round" {
  command = plan

  variables {
    schedule = { from = 20, to = 8 }
  }

  expect_failures = [var.schedule]
}
