# No server: these runs plan only, and look at what would become part of a task or flow.
run "waits_longer_each_time" {
  command = plan

  variables {
    retry = {}
  }

  assert {
    condition     = output.retry == { type = "exponential", interval = "PT1M", maxAttempts = 4, maxInterval = "PT15M" }
    error_message = "The defaults must be an exponential retry: ${jsonencode(output.retry)}"
  }
}

run "waits_as_long_each_time" {
  command = plan

  variables {
    retry = { type = "constant", interval = "PT30S", max_attempts = 2 }
  }

  assert {
    condition     = output.retry == { type = "constant", interval = "PT30S", maxAttempts = 2 }
    error_message = "A constant retry has no longest wait: ${jsonencode(output.retry)}"
  }
}

run "gives_up_at_once" {
  command = plan

  variables {
    retry = null
  }

  assert {
    condition     = output.retry == null
    error_message = "No retry must be null: ${jsonencode(output.retry)}"
  }
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
