# No server: the execution is a mock without runs of tasks, as Terraform mocks no lists of objects. The tests of
# examples/flow-tests execute flows.
mock_provider "kestra" {
  mock_resource "kestra_execution" {
    defaults = {
      id      = "4lGoV4z2LnM9oIKVhXSTvL"
      state   = "WARNING"
      outputs = "{\"rows\":2}"
    }
  }
}

variables {
  flow = <<-YAML
    id: orders
    namespace: company.sales
    tasks:
      - id: extract
        type: io.kestra.plugin.core.http.Request
        uri: https://example.com/orders.json
        timeout: PT1M
      - id: both
        type: io.kestra.plugin.core.flow.Parallel
        tasks:
          - id: load
            type: io.kestra.plugin.core.log.Log
            message: "SELECT 1 # one: 'two', $${x} %%{y} {{ outputs.extract.code }}"
    triggers:
      - id: every_morning
        type: io.kestra.plugin.core.trigger.Schedule
        cron: 0 6 * * *
  YAML
}

run "copies_a_flow_without_its_triggers" {
  assert {
    condition = yamldecode(output.content) == {
      id        = "orders"
      namespace = "company.sales.test"
      tasks = [
        { id = "extract", type = "io.kestra.plugin.core.http.Request", uri = "https://example.com/orders.json", timeout = "PT1M" },
        { id = "both", type = "io.kestra.plugin.core.flow.Parallel", tasks = [
          { id = "load", type = "io.kestra.plugin.core.log.Log", message = "SELECT 1 # one: 'two', $${x} %%{y} {{ outputs.extract.code }}" },
        ] },
      ]
    }
    error_message = "Only the namespace and the triggers must change: ${output.content}"
  }
  assert {
    condition     = output.namespace == "company.sales.test"
    error_message = "The copy is in ${output.namespace}."
  }
}

run "puts_fixtures_in_place_of_tasks" {
  variables {
    name = "pr-42"
    fixtures = {
      extract = { outputs = jsonencode({ size = 3, text = "a # b: 'c' {{ d }}", none = null }) }
      load    = { state = "FAILED", description = "the table is locked" }
    }
  }

  assert {
    condition = yamldecode(output.content).tasks[0] == {
      id      = "extract"
      type    = "flowsmith.engine.Fixture"
      timeout = "PT1M"
      state   = "SUCCESS"
      outputs = { size = 3, text = "a # b: 'c' {{ d }}", none = null }
    }
    error_message = "A fixture must have its outputs: ${output.content}"
  }
  assert {
    condition = yamldecode(output.content).tasks[1].tasks[0] == {
      id          = "load"
      type        = "flowsmith.engine.Fixture"
      description = "the table is locked"
      state       = "FAILED"
      outputs     = {}
    }
    error_message = "A fixture must be found inside of another task: ${output.content}"
  }
  assert {
    condition     = yamldecode(output.content).namespace == "company.sales.pr-42"
    error_message = "The copy must be in the namespace of its name: ${output.content}"
  }
}

run "gives_what_came_of_the_execution" {
  variables {
    inputs = { day = "2030-01-31" }
    labels = { team = "sales" }
  }

  assert {
    condition     = output.state == "WARNING" && output.outputs == { rows = 2 } && output.execution_id == "4lGoV4z2LnM9oIKVhXSTvL"
    error_message = "The execution has ended as ${output.state}."
  }
  assert {
    condition     = kestra_execution.this.inputs.day == "2030-01-31" && kestra_execution.this.labels.team == "sales" && kestra_execution.this.timeout == "PT5M"
    error_message = "Inputs and labels must be those of the caller."
  }
}

run "refuses_what_is_no_flow" {
  command = plan

  variables {
    flow = "id: orders"
  }

  expect_failures = [var.flow]
}

run "refuses_outputs_that_are_no_map" {
  command = plan

  variables {
    fixtures = { extract = { outputs = "[1]" } }
  }

  expect_failures = [var.fixtures]
}

run "refuses_a_state_in_which_no_task_ends" {
  command = plan

  variables {
    fixtures = { extract = { state = "RUNNING" } }
  }

  expect_failures = [var.fixtures]
}

run "refuses_a_name_with_a_dot" {
  command = plan

  variables {
    name = "a.b"
  }

  expect_failures = [var.name]
}

run "refuses_a_timeout_in_words" {
  command = plan

  variables {
    timeout = "5 minutes"
  }

  expect_failures = [var.timeout]
}
