# No server: these runs plan only, and look at what would become part of a flow.
mock_provider "kestra" {}

run "connects" {
  command = plan

  variables {
    connection = { host = "warehouse", database = "sales", username = "loader" }
  }

  assert {
    condition = output.properties == tomap({
      url      = "jdbc:postgresql://warehouse:5432/sales"
      username = "loader"
      password = "{{ secret('POSTGRES_PASSWORD') }}"
      sslMode  = "PREFER"
    })
    error_message = "The defaults must be PostgreSQL's own: ${jsonencode(output.properties)}"
  }
}

run "connects_as_told" {
  command = plan

  variables {
    connection = { host = "[::1]", database = "{{ kv('database') }}", username = "o'neil", password_secret = "WAREHOUSE", port = 6432, ssl_mode = "verify-full" }
  }

  assert {
    condition = output.properties == tomap({
      url      = "jdbc:postgresql://[::1]:6432/{{ kv('database') }}"
      username = "o'neil"
      password = "{{ secret('WAREHOUSE') }}"
      sslMode  = "VERIFY_FULL"
    })
    error_message = "Every option must have Kestra's name: ${jsonencode(output.properties)}"
  }
}

run "has_none" {
  command = plan

  variables {
    connection = null
  }

  assert {
    condition     = length(output.properties) == 0
    error_message = "Null must write nothing: ${jsonencode(output.properties)}"
  }
}

run "refuses_a_host_with_a_port" {
  command = plan

  variables {
    connection = { host = "warehouse.example.com:5432", database = "shop", username = "loader" }
  }

  expect_failures = [var.connection]
}

run "refuses_a_database_with_options" {
  command = plan

  variables {
    connection = { host = "warehouse.example.com", database = "shop?user=postgres", username = "loader" }
  }

  expect_failures = [var.connection]
}

run "refuses_a_port_that_is_none" {
  command = plan

  variables {
    connection = { host = "warehouse.example.com", database = "shop", username = "loader", port = 0 }
  }

  expect_failures = [var.connection]
}

run "refuses_a_password_in_place_of_the_name_of_a_secret" {
  command = plan

  variables {
    connection = { host = "warehouse.example.com", database = "shop", username = "loader", password_secret = "p@ss word" }
  }

  expect_failures = [var.connection]
}

run "refuses_an_unknown_ssl_mode" {
  command = plan

  variables {
    connection = { host = "warehouse.example.com", database = "shop", username = "loader", ssl_mode = "always" }
  }

  expect_failures = [var.connection]
}
