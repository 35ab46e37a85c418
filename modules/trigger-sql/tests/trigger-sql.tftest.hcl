# No server: these runs plan only, and look at the document that would become part of a flow.
mock_provider "kestra" {}

variables {
  id         = "new-orders"
  connection = { host = "db.example.com", database = "shop", username = "reader" }
  sql        = "SELECT * FROM orders WHERE state = 'new'"
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition = jsondecode(output.trigger) == {
      id        = "new-orders"
      type      = "io.kestra.plugin.jdbc.postgresql.Trigger"
      fetchType = "STORE"
      password  = "{{ secret('POSTGRES_PASSWORD') }}"
      sql       = "SELECT * FROM orders WHERE state = 'new'"
      sslMode   = "PREFER"
      url       = "jdbc:postgresql://db.example.com:5432/shop"
      username  = "reader"
    }
    error_message = "Unset options must not reach the document: ${output.trigger}"
  }
}

run "writes_everything_that_was_set" {
  command = plan

  variables {
    after_sql  = "UPDATE orders SET state = 'seen' -- #1: all"
    connection = { host = "{{ kv('db_host') }}", port = 5433, database = "shop", username = "reader", password_secret = "SHOP_PASSWORD", ssl_mode = "verify-full" }
    disabled   = true
    fetch_type = "FETCH"
    interval   = "PT5M"
  }

  assert {
    condition = jsondecode(output.trigger) == {
      id        = "new-orders"
      type      = "io.kestra.plugin.jdbc.postgresql.Trigger"
      afterSQL  = "UPDATE orders SET state = 'seen' -- #1: all"
      disabled  = true
      fetchType = "FETCH"
      interval  = "PT5M"
      password  = "{{ secret('SHOP_PASSWORD') }}"
      sql       = "SELECT * FROM orders WHERE state = 'new'"
      sslMode   = "VERIFY_FULL"
      url       = "jdbc:postgresql://{{ kv('db_host') }}:5433/shop"
      username  = "reader"
    }
    error_message = "Every option must reach the document under Kestra's name: ${output.trigger}"
  }
}

run "carries_any_sql_unharmed" {
  command = plan

  variables {
    sql = "SELECT 1 # one: \"two\"\nFROM t -- it's $${x} %%{y} {{ inputs.a }}\n"
  }

  assert {
    condition     = jsondecode(output.trigger).sql == var.sql
    error_message = "SQL must come back letter by letter: ${output.trigger}"
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

run "refuses_a_query_of_nothing" {
  command = plan

  variables {
    sql = "  "
  }

  expect_failures = [var.sql]
}

run "refuses_rows_that_go_nowhere" {
  command = plan

  variables {
    fetch_type = "NONE"
  }

  expect_failures = [var.fetch_type]
}

run "refuses_an_interval_that_is_no_duration" {
  command = plan

  variables {
    interval = "5m"
  }

  expect_failures = [var.interval]
}
