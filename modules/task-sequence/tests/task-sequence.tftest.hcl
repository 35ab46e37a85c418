# No server: these runs plan only, and look at the document that would become part of a flow.
mock_provider "kestra" {}

variables {
  id    = "steps"
  tasks = ["{\"id\": \"one\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# one: 'done'\"}", "{\"id\": \"two\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# two: 'done'\"}"]
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition = jsondecode(output.task) == {
      id    = "steps"
      type  = "io.kestra.plugin.core.flow.Sequential"
      tasks = [{ id = "one", type = "io.kestra.plugin.core.log.Log", message = "# one: 'done'" }, { id = "two", type = "io.kestra.plugin.core.log.Log", message = "# two: 'done'" }]
    }
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
    errors        = ["{\"id\": \"alert\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# alert: 'done'\"}"]
    finally       = ["{\"id\": \"bye\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# bye: 'done'\"}"]
  }

  assert {
    condition = jsondecode(output.task) == {
      id          = "steps"
      type        = "io.kestra.plugin.core.flow.AllowFailure"
      description = "Why it is there."
      disabled    = true
      errors      = [{ id = "alert", type = "io.kestra.plugin.core.log.Log", message = "# alert: 'done'" }]
      finally     = [{ id = "bye", type = "io.kestra.plugin.core.log.Log", message = "# bye: 'done'" }]
      runIf       = "{{ inputs.full }}"
      tasks       = [{ id = "one", type = "io.kestra.plugin.core.log.Log", message = "# one: 'done'" }, { id = "two", type = "io.kestra.plugin.core.log.Log", message = "# two: 'done'" }]
    }
    error_message = "Every option must reach the document under Kestra's name: ${output.task}"
  }
}

run "refuses_a_task_id_with_a_dot" {
  command = plan

  variables {
    id = "a.b"
  }

  expect_failures = [var.id]
}

run "refuses_a_sequence_of_nothing" {
  command = plan

  variables {
    tasks = []
  }

  expect_failures = [var.tasks]
}

run "refuses_a_task_without_an_id" {
  command = plan

  variables {
    tasks = ["{\"type\": \"io.kestra.plugin.core.log.Log\"}"]
  }

  expect_failures = [var.tasks]
}

run "refuses_an_error_task_without_a_type" {
  command = plan

  variables {
    errors = ["{\"id\": \"alert\"}"]
  }

  expect_failures = [var.errors]
}

run "refuses_a_last_task_that_is_not_json" {
  command = plan

  variables {
    finally = ["bye"]
  }

  expect_failures = [var.finally]
}

run "refuses_a_run_if_in_braces" {
  command = plan

  variables {
    run_if = "{{ true }}"
  }

  expect_failures = [var.run_if]
}
