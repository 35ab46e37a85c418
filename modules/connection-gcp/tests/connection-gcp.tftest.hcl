# No server: these runs plan only, and look at what would become part of a flow.
mock_provider "kestra" {}

run "works_as_kestra_itself" {
  command = plan

  variables {
    gcp = { project_id = "company-warehouse" }
  }

  assert {
    condition     = { for property, value in output.properties : property => value if value != null } == { projectId = "company-warehouse" }
    error_message = "Only the project must be written: ${jsonencode(output.properties)}"
  }
}

run "works_as_an_account" {
  command = plan

  variables {
    gcp = { project_id = "{{ kv('project') }}", location = "EU", service_account_secret = "GCP_KEY", impersonate = "loader@company.iam.gserviceaccount.com" }
  }

  assert {
    condition = output.properties == tomap({
      projectId                  = "{{ kv('project') }}"
      serviceAccount             = "{{ secret('GCP_KEY') }}"
      impersonatedServiceAccount = "loader@company.iam.gserviceaccount.com"
    })
    error_message = "Every option must have Kestra's name: ${jsonencode(output.properties)}"
  }
}

run "has_none" {
  command = plan

  variables {
    gcp = null
  }

  assert {
    condition     = length(output.properties) == 0
    error_message = "Null must write nothing: ${jsonencode(output.properties)}"
  }
}

run "refuses_a_location_with_a_space" {
  command = plan

  variables {
    gcp = { project_id = "company-data", location = "the EU" }
  }

  expect_failures = [var.gcp]
}

run "refuses_an_account_that_is_no_address" {
  command = plan

  variables {
    gcp = { project_id = "company-data", impersonate = "loader" }
  }

  expect_failures = [var.gcp]
}

run "refuses_a_project_id_in_capitals" {
  command = plan

  variables {
    gcp = { project_id = "Company-Data" }
  }

  expect_failures = [var.gcp]
}

run "refuses_a_service_account_key_in_place_of_the_name_of_a_secret" {
  command = plan

  variables {
    gcp = { project_id = "company-data", service_account_secret = "{\"type\": \"service_account\"}" }
  }

  expect_failures = [var.gcp]
}
