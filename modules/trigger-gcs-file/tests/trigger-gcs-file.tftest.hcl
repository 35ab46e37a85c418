# No server: these runs plan only, and look at the document that would become part of a flow.
mock_provider "kestra" {}

variables {
  id   = "orders"
  from = "gs://company-inbox/orders/"
  gcp  = { project_id = "company-data" }
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition = jsondecode(output.trigger) == {
      id        = "orders"
      type      = "io.kestra.plugin.gcp.gcs.Trigger"
      action    = "NONE"
      from      = "gs://company-inbox/orders/"
      projectId = "company-data"
    }
    error_message = "Unset options must not reach the document: ${output.trigger}"
  }
}

run "writes_everything_that_was_set" {
  command = plan

  variables {
    disabled  = true
    gcp       = { project_id = "company-data", service_account_secret = "GCP_SERVICE_ACCOUNT", impersonate = "loader@company-data.iam.gserviceaccount.com" }
    interval  = "PT5M"
    max_files = 10
    move_to   = "gs://company-inbox/done/"
    pattern   = ".*\\.csv"
  }

  assert {
    condition = jsondecode(output.trigger) == {
      id                         = "orders"
      type                       = "io.kestra.plugin.gcp.gcs.Trigger"
      action                     = "MOVE"
      disabled                   = true
      from                       = "gs://company-inbox/orders/"
      impersonatedServiceAccount = "loader@company-data.iam.gserviceaccount.com"
      interval                   = "PT5M"
      maxFiles                   = 10
      moveDirectory              = "gs://company-inbox/done/"
      projectId                  = "company-data"
      regExp                     = ".*\\.csv"
      serviceAccount             = "{{ secret('GCP_SERVICE_ACCOUNT') }}"
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

run "refuses_a_folder_that_is_no_bucket" {
  command = plan

  variables {
    from = "s3://inbox/"
  }

  expect_failures = [var.from]
}

run "refuses_a_trigger_id_with_a_dot" {
  command = plan

  variables {
    id = "orders.csv"
  }

  expect_failures = [var.id]
}

run "refuses_an_interval_that_is_no_duration" {
  command = plan

  variables {
    interval = "5m"
  }

  expect_failures = [var.interval]
}

run "refuses_no_files_at_all" {
  command = plan

  variables {
    max_files = 0
  }

  expect_failures = [var.max_files]
}

run "refuses_a_target_that_is_no_bucket" {
  command = plan

  variables {
    move_to = "done/"
  }

  expect_failures = [var.move_to]
}

run "refuses_a_move_to_where_the_files_are" {
  command = plan

  variables {
    move_to = "gs://company-inbox/orders/"
  }

  expect_failures = [var.move_to]
}

run "refuses_a_pattern_that_is_none" {
  command = plan

  variables {
    pattern = "(.csv"
  }

  expect_failures = [var.pattern]
}
