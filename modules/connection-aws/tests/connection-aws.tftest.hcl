# No server: these runs plan only, and look at what would become part of a flow.
mock_provider "kestra" {}

run "asks_as_kestra_itself" {
  command = plan

  assert {
    condition     = length([for property, value in output.properties : property if value != null]) == 0
    error_message = "Nothing must be written: ${jsonencode(output.properties)}"
  }
}

run "asks_as_a_role_elsewhere" {
  command = plan

  variables {
    aws = {
      access_key_secret = "AWS_ACCESS_KEY_ID"
      endpoint          = "http://minio:9000"
      region            = "eu-central-1"
      role_arn          = "arn:aws:iam::123456789012:role/loader"
      secret_key_secret = "AWS_SECRET_ACCESS_KEY"
    }
  }

  assert {
    condition = output.properties == {
      accessKeyId      = "{{ secret('AWS_ACCESS_KEY_ID') }}"
      endpointOverride = "http://minio:9000"
      region           = "eu-central-1"
      secretKeyId      = "{{ secret('AWS_SECRET_ACCESS_KEY') }}"
      stsRoleArn       = "arn:aws:iam::123456789012:role/loader"
    }
    error_message = "Every option must have Kestra's name: ${jsonencode(output.properties)}"
  }
}

run "refuses_a_region_in_capitals" {
  command = plan

  variables {
    aws = { region = "Frankfurt" }
  }

  expect_failures = [var.aws]
}

run "refuses_an_endpoint_without_a_scheme" {
  command = plan

  variables {
    aws = { endpoint = "s3.example.com" }
  }

  expect_failures = [var.aws]
}

run "refuses_an_access_key_in_place_of_the_name_of_a_secret" {
  command = plan

  variables {
    aws = { access_key_secret = "AWS_KEY", secret_key_secret = "wJalrXUtnFEMI/K7MDENG" }
  }

  expect_failures = [var.aws]
}

run "refuses_half_a_login" {
  command = plan

  variables {
    aws = { access_key_secret = "AWS_KEY" }
  }

  expect_failures = [var.aws]
}

run "refuses_a_role_that_is_none" {
  command = plan

  variables {
    aws = { role_arn = "loader" }
  }

  expect_failures = [var.aws]
}
