# No server: these runs plan only, and look at the document that would become part of a flow.
mock_provider "kestra" {}

variables {
  id   = "nightly"
  cron = "0 2 * * *"
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition = jsondecode(output.trigger) == {
      id   = "nightly"
      type = "io.kestra.plugin.core.trigger.Schedule"
      cron = "0 2 * * *"
    }
    error_message = "Unset options must not reach the document: ${output.trigger}"
  }
}

run "writes_everything_that_was_set" {
  command = plan

  variables {
    description              = "Before the shops open."
    disabled                 = true
    inputs                   = { region = "eu", shops = "[\"a\", \"b\"]" }
    late_maximum_delay       = "P1DT2H"
    recover_missed_schedules = "LAST"
    timezone                 = "America/Argentina/Buenos_Aires"
  }

  assert {
    condition = jsondecode(output.trigger) == {
      id                     = "nightly"
      type                   = "io.kestra.plugin.core.trigger.Schedule"
      cron                   = "0 2 * * *"
      description            = "Before the shops open."
      disabled               = true
      inputs                 = { region = "eu", shops = "[\"a\", \"b\"]" }
      lateMaximumDelay       = "P1DT2H"
      recoverMissedSchedules = "LAST"
      timezone               = "America/Argentina/Buenos_Aires"
    }
    error_message = "Every option must reach the document under Kestra's name: ${output.trigger}"
  }
}

run "accepts_a_nickname_and_an_offset_zone" {
  command = plan

  variables {
    cron     = "@daily"
    timezone = "Etc/GMT+3"
  }

  assert {
    condition     = jsondecode(output.trigger).cron == "@daily" && jsondecode(output.trigger).timezone == "Etc/GMT+3"
    error_message = "The document must carry both: ${output.trigger}"
  }
}

run "writes_conditions_for_1_3" {
  command = plan

  variables {
    conditions     = ["kv('open') == 'yes'", "flow.id != 'a' or true"]
    kestra_version = "1.3.31"
  }

  assert {
    condition = jsondecode(output.trigger).conditions == [
      { type = "io.kestra.plugin.core.condition.Expression", expression = "{{ kv('open') == 'yes' }}" },
      { type = "io.kestra.plugin.core.condition.Expression", expression = "{{ flow.id != 'a' or true }}" },
    ] && !can(jsondecode(output.trigger).when)
    error_message = "Kestra 1.3 takes a list of conditions: ${output.trigger}"
  }
}

run "writes_conditions_for_2_0" {
  command = plan

  variables {
    conditions     = ["kv('open') == 'yes'", "flow.id != 'a' or true"]
    kestra_version = "2.0.0"
  }

  assert {
    condition     = jsondecode(output.trigger).when == "{{ (kv('open') == 'yes') and (flow.id != 'a' or true) }}" && !can(jsondecode(output.trigger).conditions)
    error_message = "Kestra 2.0 takes one expression: ${output.trigger}"
  }
}

run "refuses_a_cron_expression_of_four_fields" {
  command = plan

  variables {
    cron = "0 2 * *"
  }

  expect_failures = [var.cron]
}

run "refuses_a_cron_expression_with_seconds" {
  command = plan

  variables {
    cron = "0 0 2 * * *"
  }

  expect_failures = [var.cron]
}

run "refuses_an_unknown_cron_nickname" {
  command = plan

  variables {
    cron = "@fortnightly"
  }

  expect_failures = [var.cron]
}

run "refuses_a_trigger_id_with_a_dot" {
  command = plan

  variables {
    id = "every.night"
  }

  expect_failures = [var.id]
}

run "refuses_a_delay_that_is_no_duration" {
  command = plan

  variables {
    late_maximum_delay = "30m"
  }

  expect_failures = [var.late_maximum_delay]
}

run "refuses_a_duration_of_nothing" {
  command = plan

  variables {
    late_maximum_delay = "PT"
  }

  expect_failures = [var.late_maximum_delay]
}

run "refuses_an_unknown_recovery" {
  command = plan

  variables {
    recover_missed_schedules = "FIRST"
  }

  expect_failures = [var.recover_missed_schedules]
}

run "refuses_a_time_zone_with_a_space" {
  command = plan

  variables {
    timezone = "Europe/Paris summer"
  }

  expect_failures = [var.timezone]
}
