# No server: these runs plan only, and look at the document that would become part of a flow.
mock_provider "kestra" {}

variables {
  id = "choose"
}

run "is_an_if_with_a_condition" {
  command = plan

  variables {
    condition = "outputs.count.size > 0"
    then      = ["{\"id\": \"one\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# one: 'done'\"}"]
  }

  assert {
    condition = jsondecode(output.task) == {
      id        = "choose"
      type      = "io.kestra.plugin.core.flow.If"
      condition = "{{ outputs.count.size > 0 }}"
      then      = [{ id = "one", type = "io.kestra.plugin.core.log.Log", message = "# one: 'done'" }]
    }
    error_message = "A condition makes an If: ${output.task}"
  }
}

run "is_a_switch_with_a_value" {
  command = plan

  variables {
    value = "inputs.region"
    cases = { eu = ["{\"id\": \"one\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# one: 'done'\"}"], us = ["{\"id\": \"two\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# two: 'done'\"}", "{\"id\": \"three\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# three: 'done'\"}"] }
  }

  assert {
    condition = jsondecode(output.task) == {
      id    = "choose"
      type  = "io.kestra.plugin.core.flow.Switch"
      value = "{{ inputs.region }}"
      cases = { eu = [{ id = "one", type = "io.kestra.plugin.core.log.Log", message = "# one: 'done'" }], us = [{ id = "two", type = "io.kestra.plugin.core.log.Log", message = "# two: 'done'" }, { id = "three", type = "io.kestra.plugin.core.log.Log", message = "# three: 'done'" }] }
    }
    error_message = "A value makes a Switch: ${output.task}"
  }
}

run "writes_everything_of_an_if" {
  command = plan

  variables {
    allow_failure = true
    description   = "Why it is there."
    disabled      = true
    run_if        = "inputs.full"
    condition     = "inputs.a"
    then          = ["{\"id\": \"one\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# one: 'done'\"}"]
    otherwise     = ["{\"id\": \"two\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# two: 'done'\"}"]
  }

  assert {
    condition = jsondecode(output.task) == {
      id           = "choose"
      type         = "io.kestra.plugin.core.flow.If"
      allowFailure = true
      description  = "Why it is there."
      disabled     = true
      runIf        = "{{ inputs.full }}"
      condition    = "{{ inputs.a }}"
      then         = [{ id = "one", type = "io.kestra.plugin.core.log.Log", message = "# one: 'done'" }]
      else         = [{ id = "two", type = "io.kestra.plugin.core.log.Log", message = "# two: 'done'" }]
    }
    error_message = "Every option must reach the document under Kestra's name: ${output.task}"
  }
}

run "has_defaults_in_a_switch" {
  command = plan

  variables {
    value     = "inputs.region"
    cases     = { eu = ["{\"id\": \"one\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# one: 'done'\"}"] }
    otherwise = ["{\"id\": \"two\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# two: 'done'\"}"]
  }

  assert {
    condition     = jsondecode(output.task).defaults == [{ id = "two", type = "io.kestra.plugin.core.log.Log", message = "# two: 'done'" }]
    error_message = "What is none of the cases has tasks of its own: ${output.task}"
  }
}

run "refuses_a_task_id_with_a_dot" {
  command = plan

  variables {
    id        = "a.b"
    condition = "inputs.a"
    then      = ["{\"id\": \"one\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# one: 'done'\"}"]
  }

  expect_failures = [var.id]
}

run "refuses_a_value_without_cases" {
  command = plan

  variables {
    value = "inputs.region"
  }

  expect_failures = [var.cases]
}

run "refuses_a_case_whose_task_has_no_id" {
  command = plan

  variables {
    value = "inputs.region"
    cases = { eu = ["{\"type\": \"io.kestra.plugin.core.log.Log\"}"] }
  }

  expect_failures = [var.cases]
}

run "refuses_a_condition_and_a_value" {
  command = plan

  variables {
    condition = "inputs.a"
    then      = ["{\"id\": \"one\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# one: 'done'\"}"]
    value     = "inputs.region"
    cases     = { eu = ["{\"id\": \"two\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# two: 'done'\"}"] }
  }

  expect_failures = [var.condition]
}

run "refuses_a_condition_in_braces" {
  command = plan

  variables {
    condition = "{{ inputs.a }}"
    then      = ["{\"id\": \"one\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# one: 'done'\"}"]
  }

  expect_failures = [var.condition]
}

run "refuses_another_task_that_is_not_json" {
  command = plan

  variables {
    condition = "inputs.a"
    then      = ["{\"id\": \"one\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# one: 'done'\"}"]
    otherwise = ["two"]
  }

  expect_failures = [var.otherwise]
}

run "refuses_a_run_if_in_braces" {
  command = plan

  variables {
    condition = "inputs.a"
    then      = ["{\"id\": \"one\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# one: 'done'\"}"]
    run_if    = "{{ true }}"
  }

  expect_failures = [var.run_if]
}

run "refuses_a_condition_without_tasks" {
  command = plan

  variables {
    condition = "inputs.a"
  }

  expect_failures = [var.then]
}

run "refuses_a_task_without_a_type" {
  command = plan

  variables {
    condition = "inputs.a"
    then      = ["{\"id\": \"one\"}"]
  }

  expect_failures = [var.then]
}

run "refuses_a_value_in_braces" {
  command = plan

  variables {
    value = "{{ inputs.region }}"
    cases = { eu = ["{\"id\": \"one\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"# one: 'done'\"}"] }
  }

  expect_failures = [var.value]
}
