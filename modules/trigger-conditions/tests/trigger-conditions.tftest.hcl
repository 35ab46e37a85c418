# No server: these runs plan only, and look at what would become part of a flow.
mock_provider "kestra" {}

run "has_none" {
  command = plan

  assert {
    condition     = output.properties.conditions == null && output.properties.when == null
    error_message = "No condition must write nothing: ${jsonencode(output.properties)}"
  }
}

run "is_a_list_in_1_3" {
  command = plan

  variables {
    conditions     = ["a == 'b'", "c or d"]
    kestra_version = "1.3.31"
  }

  assert {
    condition     = output.properties.conditions == [for text in ["{{ a == 'b' }}", "{{ c or d }}"] : { type = "io.kestra.plugin.core.condition.Expression", expression = text }]
    error_message = "1.3 must get a list: ${jsonencode(output.properties)}"
  }
}

run "is_one_expression_in_2_0" {
  command = plan

  variables {
    conditions     = ["a == 'b'", "c or d"]
    kestra_version = "2.0.0"
  }

  assert {
    condition     = output.properties.when == "{{ (a == 'b') and (c or d) }}"
    error_message = "2.0 must get one expression that keeps each condition together: ${jsonencode(output.properties)}"
  }
}

run "refuses_a_condition_in_braces" {
  command = plan

  variables {
    conditions     = ["{{ true }}"]
    kestra_version = "2.0.0"
  }

  expect_failures = [var.conditions]
}

run "refuses_conditions_without_a_version" {
  command = plan

  variables {
    conditions = ["true"]
  }

  expect_failures = [var.conditions]
}

run "refuses_a_version_of_another_line" {
  command = plan

  variables {
    kestra_version = "0.24.1"
  }

  expect_failures = [var.kestra_version]
}
