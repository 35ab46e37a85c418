# No server: these runs plan only, and look at the document that would become part of a flow.
mock_provider "kestra" {}

variables {
  id             = "after-load"
  kestra_version = "1.3.31"
  flows          = [{ namespace = "company.sales", flow_id = "load" }, { namespace = "company.crm", flow_id = "load" }]
}

run "waits_for_all_on_1_3" {
  command = plan

  assert {
    condition = jsondecode(output.trigger) == {
      id   = "after-load"
      type = "io.kestra.plugin.core.trigger.Flow"
      preconditions = {
        id = "after-load"
        flows = [
          { namespace = "company.sales", flowId = "load", states = ["SUCCESS"] },
          { namespace = "company.crm", flowId = "load", states = ["SUCCESS"] },
        ]
      }
    }
    error_message = "Kestra 1.3 has preconditions: ${output.trigger}"
  }
}

run "waits_for_all_on_2_0" {
  command = plan

  variables {
    kestra_version = "2.0.0"
  }

  assert {
    condition = jsondecode(output.trigger) == {
      id   = "after-load"
      type = "io.kestra.plugin.core.trigger.Flow"
      mode = "ALL"
      dependsOn = [
        { namespace = "company.sales", flowId = "load", states = ["SUCCESS"] },
        { namespace = "company.crm", flowId = "load", states = ["SUCCESS"] },
      ]
    }
    error_message = "Kestra 2.0 has dependsOn: ${output.trigger}"
  }
}

run "waits_for_any_on_1_3" {
  command = plan

  variables {
    disabled = true
    inputs   = { day = "{{ trigger.outputs.day }}" }
    mode     = "ANY"
    flows    = [{ namespace = "company.sales", flow_id = "load" }, { namespace = "company.crm", below = true }]
    states   = ["FAILED", "WARNING"]
  }

  assert {
    condition = jsondecode(output.trigger) == {
      id       = "after-load"
      type     = "io.kestra.plugin.core.trigger.Flow"
      disabled = true
      inputs   = { day = "{{ trigger.outputs.day }}" }
      states   = ["FAILED", "WARNING"]
      conditions = [{
        type = "io.kestra.plugin.core.condition.Or"
        conditions = [
          { type = "io.kestra.plugin.core.condition.ExecutionFlow", namespace = "company.sales", flowId = "load" },
          { type = "io.kestra.plugin.core.condition.ExecutionNamespace", namespace = "company.crm", comparison = "EQUALS" },
          { type = "io.kestra.plugin.core.condition.ExecutionNamespace", namespace = "company.crm.", comparison = "PREFIX" },
        ]
      }]
    }
    error_message = "Kestra 1.3 looks at each execution: ${output.trigger}"
  }
}

run "waits_for_any_on_2_0" {
  command = plan

  variables {
    kestra_version = "2.0.0"
    mode           = "ANY"
    flows          = [{ namespace = "company.sales", flow_id = "load" }, { namespace = "company.crm", below = true }]
    states         = ["FAILED", "WARNING"]
  }

  assert {
    condition = jsondecode(output.trigger) == {
      id   = "after-load"
      type = "io.kestra.plugin.core.trigger.Flow"
      mode = "ANY"
      dependsOn = [
        { namespace = "company.sales", flowId = "load", states = ["FAILED", "WARNING"] },
        { states = ["FAILED", "WARNING"], when = "{{ flow.namespace == 'company.crm' or flow.namespace | startsWith('company.crm.') }}" },
      ]
    }
    error_message = "Kestra 2.0 has dependsOn: ${output.trigger}"
  }
}

run "writes_a_deadline_for_1_3" {
  command = plan

  variables {
    window = { deadline = "09:00:00" }
  }

  assert {
    condition     = jsondecode(output.trigger).preconditions.timeWindow == { type = "DAILY_TIME_DEADLINE", deadline = "09:00:00" }
    error_message = "Kestra 1.3 names it otherwise: ${output.trigger}"
  }
}

run "writes_windows_for_1_3" {
  command = plan

  variables {
    window = { every = "P1D" }
  }

  assert {
    condition     = jsondecode(output.trigger).preconditions.timeWindow == { type = "DURATION_WINDOW", window = "P1D" }
    error_message = "Kestra 1.3 names it otherwise: ${output.trigger}"
  }
}

run "writes_times_for_1_3" {
  command = plan

  variables {
    window = { from = "06:00", to = "09:00" }
  }

  assert {
    condition     = jsondecode(output.trigger).preconditions.timeWindow == { type = "DAILY_TIME_WINDOW", startTime = "06:00", endTime = "09:00" }
    error_message = "Kestra 1.3 names it otherwise: ${output.trigger}"
  }
}

run "writes_a_look_back_for_1_3" {
  command = plan

  variables {
    window = { lookback = "PT2H" }
  }

  assert {
    condition     = jsondecode(output.trigger).preconditions.timeWindow == { type = "SLIDING_WINDOW", window = "PT2H" }
    error_message = "Kestra 1.3 names it otherwise: ${output.trigger}"
  }
}

run "writes_a_deadline_for_2_0" {
  command = plan

  variables {
    kestra_version = "2.0"
    window         = { deadline = "09:00:00" }
  }

  assert {
    condition     = jsondecode(output.trigger).window == { deadline = "09:00:00" }
    error_message = "Kestra 2.0 names it so: ${output.trigger}"
  }
}

run "writes_windows_for_2_0" {
  command = plan

  variables {
    kestra_version = "2.0"
    window         = { every = "P1D" }
  }

  assert {
    condition     = jsondecode(output.trigger).window == { every = "P1D" }
    error_message = "Kestra 2.0 names it so: ${output.trigger}"
  }
}

run "writes_times_for_2_0" {
  command = plan

  variables {
    kestra_version = "2.0"
    window         = { from = "06:00", to = "09:00" }
  }

  assert {
    condition     = jsondecode(output.trigger).window == { from = "06:00", to = "09:00" }
    error_message = "Kestra 2.0 names it so: ${output.trigger}"
  }
}

run "writes_a_look_back_for_2_0" {
  command = plan

  variables {
    kestra_version = "2.0"
    window         = { lookback = "PT2H" }
  }

  assert {
    condition     = jsondecode(output.trigger).window == { lookback = "PT2H" }
    error_message = "Kestra 2.0 names it so: ${output.trigger}"
  }
}

run "refuses_to_wait_for_nothing" {
  command = plan

  variables {
    flows = []
  }

  expect_failures = [var.flows]
}

run "refuses_a_namespace_in_capitals" {
  command = plan

  variables {
    flows = [{ namespace = "Company" }]
  }

  expect_failures = [var.flows]
}

run "refuses_a_flow_id_with_a_space" {
  command = plan

  variables {
    flows = [{ namespace = "company", flow_id = "the load" }]
  }

  expect_failures = [var.flows]
}

run "refuses_one_flow_in_many_namespaces" {
  command = plan

  variables {
    flows = [{ namespace = "company", flow_id = "load", below = true }]
  }

  expect_failures = [var.flows]
}

run "refuses_all_of_what_nobody_knows" {
  command = plan

  variables {
    flows = [{ namespace = "company", below = true }, { namespace = "other" }]
  }

  expect_failures = [var.flows]
}

run "refuses_a_trigger_id_with_a_dot" {
  command = plan

  variables {
    id = "after.load"
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

run "refuses_an_unknown_mode" {
  command = plan

  variables {
    mode = "SOME"
  }

  expect_failures = [var.mode]
}

run "refuses_a_state_that_is_no_end" {
  command = plan

  variables {
    states = ["RUNNING"]
  }

  expect_failures = [var.states]
}

run "refuses_two_windows_at_once" {
  command = plan

  variables {
    window = { every = "P1D", deadline = "09:00" }
  }

  expect_failures = [var.window]
}

run "refuses_a_time_that_is_none" {
  command = plan

  variables {
    window = { deadline = "9 am" }
  }

  expect_failures = [var.window]
}

run "refuses_a_window_of_no_duration" {
  command = plan

  variables {
    window = { lookback = "2 hours" }
  }

  expect_failures = [var.window]
}

run "refuses_a_window_for_any" {
  command = plan

  variables {
    mode   = "ANY"
    window = { lookback = "PT2H" }
  }

  expect_failures = [var.window]
}
