# No server: these runs plan only, and look at the document that would become part of a flow.
mock_provider "kestra" {}

variables {
  id         = "hook"
  key_secret = "ORDERS_WEBHOOK_KEY"
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition = jsondecode(output.trigger) == {
      id   = "hook"
      type = "io.kestra.plugin.core.trigger.Webhook"
      key  = "{{ secret('ORDERS_WEBHOOK_KEY') }}"
    }
    error_message = "Unset options must not reach the document: ${output.trigger}"
  }
}

run "writes_everything_that_was_set" {
  command = plan

  variables {
    disabled = true
    inputs   = { order = "{{ trigger.body.order }}" }
    wait     = "OUTPUTS"
  }

  assert {
    condition = jsondecode(output.trigger) == {
      id            = "hook"
      type          = "io.kestra.plugin.core.trigger.Webhook"
      disabled      = true
      inputs        = { order = "{{ trigger.body.order }}" }
      key           = "{{ secret('ORDERS_WEBHOOK_KEY') }}"
      returnOutputs = true
      wait          = true
    }
    error_message = "Every option must reach the document under Kestra's name: ${output.trigger}"
  }
}

run "waits_without_outputs" {
  command = plan

  variables {
    wait = "END"
  }

  assert {
    condition     = jsondecode(output.trigger).wait && !can(jsondecode(output.trigger).returnOutputs)
    error_message = "The caller must wait and get no outputs: ${output.trigger}"
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

run "refuses_a_trigger_id_with_a_dot" {
  command = plan

  variables {
    id = "web.hook"
  }

  expect_failures = [var.id]
}

run "refuses_a_key_in_place_of_its_name" {
  command = plan

  variables {
    key_secret = "s3cret key"
  }

  expect_failures = [var.key_secret]
}

run "refuses_an_unknown_way_to_wait" {
  command = plan

  variables {
    wait = "FOREVER"
  }

  expect_failures = [var.wait]
}
