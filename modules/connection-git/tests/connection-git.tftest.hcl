# No server: these runs plan only, and look at what would become part of a flow.
mock_provider "kestra" {}

run "clones_without_a_login" {
  command = plan

  variables {
    repository = { url = "https://github.com/company/flows.git" }
  }

  assert {
    condition     = { for property, value in output.properties : property => value if value != null } == { url = "https://github.com/company/flows.git", branch = "main" }
    error_message = "Only the address and the branch must be written: ${jsonencode(output.properties)}"
  }
}

run "logs_in_with_a_password" {
  command = plan

  variables {
    repository = { url = "https://github.com/company/flows.git", branch = "next", username = "git", password_secret = "GITHUB_TOKEN" }
  }

  assert {
    condition     = [output.properties.branch, output.properties.username, output.properties.password, output.properties.privateKey] == ["next", "git", "{{ secret('GITHUB_TOKEN') }}", null]
    error_message = "The password must be a reference to a secret: ${jsonencode(output.properties)}"
  }
}

run "logs_in_with_a_key" {
  command = plan

  variables {
    repository = { url = "git@github.com:company/flows.git", private_key_secret = "DEPLOY_KEY" }
  }

  assert {
    condition     = [output.properties.password, output.properties.privateKey] == [null, "{{ secret('DEPLOY_KEY') }}"]
    error_message = "The key must be a reference to a secret: ${jsonencode(output.properties)}"
  }
}

run "refuses_an_address_with_a_token" {
  command = plan

  variables {
    repository = { url = "https://git:token@github.com/company/flows" }
  }

  expect_failures = [var.repository]
}

run "refuses_a_branch_with_a_space" {
  command = plan

  variables {
    repository = { url = "https://github.com/company/flows", branch = "my branch" }
  }

  expect_failures = [var.repository]
}

run "refuses_a_password_and_a_key" {
  command = plan

  variables {
    repository = { url = "https://github.com/company/flows", username = "git", password_secret = "A", private_key_secret = "B" }
  }

  expect_failures = [var.repository]
}

run "refuses_a_password_of_nobody" {
  command = plan

  variables {
    repository = { url = "https://github.com/company/flows", password_secret = "A" }
  }

  expect_failures = [var.repository]
}

run "refuses_a_token_in_place_of_the_name_of_a_secret" {
  command = plan

  variables {
    repository = { url = "https://github.com/company/flows", username = "git", password_secret = "the token" }
  }

  expect_failures = [var.repository]
}
