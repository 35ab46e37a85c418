# No server: these runs plan only, and look at the document that would become part of a flow.
mock_provider "kestra" {}

variables {
  id             = "each"
  kestra_version = "1.3.31"
  tasks          = ["{\"id\": \"one\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# one: 'done'\"}"]
  values         = "[\"eu\", \"us\"]"
}

run "is_a_for_each_on_1_3" {
  command = plan

  assert {
    condition = jsondecode(output.task) == {
      id               = "each"
      type             = "io.kestra.plugin.core.flow.ForEach"
      concurrencyLimit = 1
      tasks            = [{ id = "one", type = "io.kestra.plugin.core.log.Log", message = "# one: 'done'" }]
      values           = ["eu", "us"]
    }
    error_message = "Kestra 1.3 has ForEach: ${output.task}"
  }
}

run "is_a_loop_on_2_0" {
  command = plan

  variables {
    kestra_version = "2.0.0"
    values         = "{{ inputs.regions }}"
  }

  assert {
    condition = jsondecode(output.task) == {
      id               = "each"
      type             = "io.kestra.plugin.core.flow.Loop"
      concurrencyLimit = 1
      tasks            = [{ id = "one", type = "io.kestra.plugin.core.log.Log", message = "# one: 'done'" }]
      values           = "{{ inputs.regions }}"
    }
    error_message = "Kestra 2.0 has Loop: ${output.task}"
  }
}

run "writes_everything_that_was_set" {
  command = plan

  variables {
    allow_failure = true
    description   = "Why it is there."
    disabled      = true
    run_if        = "inputs.full"
    concurrent    = 0
    errors        = ["{\"id\": \"alert\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# alert: 'done'\"}"]
    values        = "[1, 2]"
  }

  assert {
    condition = jsondecode(output.task) == {
      id               = "each"
      type             = "io.kestra.plugin.core.flow.ForEach"
      allowFailure     = true
      description      = "Why it is there."
      disabled         = true
      runIf            = "{{ inputs.full }}"
      concurrencyLimit = 0
      errors           = [{ id = "alert", type = "io.kestra.plugin.core.log.Log", message = "# alert: 'done'" }]
      tasks            = [{ id = "one", type = "io.kestra.plugin.core.log.Log", message = "# one: 'done'" }]
      values           = [1, 2]
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

run "refuses_a_version_of_another_line" {
  command = plan

  variables {
    kestra_version = "0.24.1"
  }

  expect_failures = [var.kestra_version]
}

run "refuses_a_loop_of_nothing" {
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

run "refuses_values_that_are_no_list" {
  command = plan

  variables {
    values = "eu, us"
  }

  expect_failures = [var.values]
}

run "refuses_less_than_nothing_at_once" {
  command = plan

  variables {
    concurrent = -1
  }

  expect_failures = [var.concurrent]
}

run "refuses_an_error_task_without_a_type" {
  command = plan

  variables {
    errors = ["{\"id\": \"alert\"}"]
  }

  expect_failures = [var.errors]
}

run "refuses_a_run_if_in_braces" {
  command = plan

  variables {
    run_if = "{{ true }}"
  }

  expect_failures = [var.run_if]
}
