# No server: these runs plan only, and look at the document that would become part of a flow.
mock_provider "kestra" {}

variables {
  id   = "hello"
  type = "io.kestra.plugin.core.log.Log"
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition     = jsondecode(output.task) == { id = "hello", type = "io.kestra.plugin.core.log.Log" }
    error_message = "Unset options must not reach the document: ${output.task}"
  }
}

run "writes_everything_that_was_set" {
  command = plan

  variables {
    allow_failure = true
    description   = "Why it is there."
    disabled      = true
    run_if        = "inputs.full"
    log_level     = "WARN"
    properties    = "{\"message\": [\"a\", \"b\"]}"
    retry         = { type = "constant", interval = "PT10S", max_attempts = 2 }
    timeout       = "PT1H"
  }

  assert {
    condition = jsondecode(output.task) == {
      id           = "hello"
      type         = "io.kestra.plugin.core.log.Log"
      allowFailure = true
      description  = "Why it is there."
      disabled     = true
      runIf        = "{{ inputs.full }}"
      logLevel     = "WARN"
      message      = ["a", "b"]
      retry        = { type = "constant", interval = "PT10S", maxAttempts = 2 }
      timeout      = "PT1H"
    }
    error_message = "Every option must reach the document under Kestra's name: ${output.task}"
  }
}

run "backs_off_in_an_exponential_retry" {
  command = plan

  variables {
    retry = {}
  }

  assert {
    condition     = jsondecode(output.task).retry == { type = "exponential", interval = "PT1M", maxAttempts = 4, maxInterval = "PT15M" }
    error_message = "The defaults must be those of the variable: ${output.task}"
  }
}

run "carries_any_text_unharmed" {
  command = plan

  variables {
    type       = "io.kestra.plugin.jdbc.postgresql.Query"
    properties = jsonencode({ url = "jdbc:postgresql://db/shop", sql = "SELECT 1 # one: \"two\"\nFROM t -- it's $${x} %%{y} {{ inputs.a }}\n" })
  }

  assert {
    condition     = jsondecode(output.task).sql == jsondecode(var.properties).sql
    error_message = "Text must come back letter by letter: ${output.task}"
  }
}

run "refuses_a_task_id_with_a_dot" {
  command = plan

  variables {
    id = "a.b"
  }

  expect_failures = [var.id]
}

run "refuses_a_type_without_a_package" {
  command = plan

  variables {
    type = "Log"
  }

  expect_failures = [var.type]
}

run "refuses_an_unknown_log_level" {
  command = plan

  variables {
    log_level = "LOUD"
  }

  expect_failures = [var.log_level]
}

run "refuses_properties_that_are_not_an_object" {
  command = plan

  variables {
    properties = "[]"
  }

  expect_failures = [var.properties]
}

run "refuses_a_property_with_a_variable_of_its_own" {
  command = plan

  variables {
    properties = "{\"timeout\": \"PT1M\"}"
  }

  expect_failures = [var.properties]
}

run "refuses_a_run_if_in_braces" {
  command = plan

  variables {
    run_if = "{{ true }}"
  }

  expect_failures = [var.run_if]
}

run "refuses_a_timeout_that_is_no_duration" {
  command = plan

  variables {
    timeout = "1h"
  }

  expect_failures = [var.timeout]
}
