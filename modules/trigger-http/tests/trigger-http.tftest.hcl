# No server: these runs plan only, and look at the document that would become part of a flow.
mock_provider "kestra" {}

variables {
  id                 = "new-orders"
  response_condition = "fromJson(response.body).new > 0"
  uri                = "https://shop.example.com/orders"
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition = jsondecode(output.trigger) == {
      id                = "new-orders"
      type              = "io.kestra.plugin.core.http.Trigger"
      responseCondition = "{{ fromJson(response.body).new > 0 }}"
      uri               = "https://shop.example.com/orders"
    }
    error_message = "Unset options must not reach the document: ${output.trigger}"
  }
}

run "writes_everything_that_was_set" {
  command = plan

  variables {
    bearer_token_secret = "SHOP_TOKEN"
    body                = "{\"since\": \"# today: '{{ now() }}'\"}"
    disabled            = true
    headers             = { Accept = "application/json" }
    interval            = "PT5M"
    method              = "POST"
    uri                 = "{{ kv('orders_url') }}"
  }

  assert {
    condition = jsondecode(output.trigger) == {
      id                = "new-orders"
      type              = "io.kestra.plugin.core.http.Trigger"
      body              = "{\"since\": \"# today: '{{ now() }}'\"}"
      disabled          = true
      headers           = { Accept = "application/json" }
      interval          = "PT5M"
      method            = "POST"
      options           = { auth = { type = "BEARER", token = "{{ secret('SHOP_TOKEN') }}" } }
      responseCondition = "{{ fromJson(response.body).new > 0 }}"
      uri               = "{{ kv('orders_url') }}"
    }
    error_message = "Every option must reach the document under Kestra's name: ${output.trigger}"
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
    id = "new.orders"
  }

  expect_failures = [var.id]
}

run "refuses_a_response_condition_in_braces" {
  command = plan

  variables {
    response_condition = "{{ true }}"
  }

  expect_failures = [var.response_condition]
}

run "refuses_an_address_without_a_scheme" {
  command = plan

  variables {
    uri = "shop.example.com"
  }

  expect_failures = [var.uri]
}

run "refuses_a_token_in_place_of_its_name" {
  command = plan

  variables {
    bearer_token_secret = "Bearer abc"
  }

  expect_failures = [var.bearer_token_secret]
}

run "refuses_a_secret_header" {
  command = plan

  variables {
    headers = { authorization = "Bearer abc" }
  }

  expect_failures = [var.headers]
}

run "refuses_an_interval_that_is_no_duration" {
  command = plan

  variables {
    interval = "5m"
  }

  expect_failures = [var.interval]
}

run "refuses_a_method_that_changes_things" {
  command = plan

  variables {
    method = "DELETE"
  }

  expect_failures = [var.method]
}
