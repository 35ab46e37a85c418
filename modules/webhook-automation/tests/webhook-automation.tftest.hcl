# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id         = "large-order"
  namespace  = "company.sales"
  key_secret = "SHOP_WEBHOOK_KEY"
  actions    = [{ id = "tell", slack = { message = "An order of {{ trigger.body.total }}." } }]
}

run "acts_on_every_call" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id        = "large-order"
      namespace = "company.sales"
      tasks     = [{ id = "tell", type = "io.kestra.plugin.slack.notifications.SlackIncomingWebhook", messageText = "An order of {{ trigger.body.total }}.", url = "{{ secret('SLACK_WEBHOOK') }}" }]
      triggers  = [{ id = "webhook", type = "io.kestra.plugin.core.trigger.Webhook", key = "{{ secret('SHOP_WEBHOOK_KEY') }}" }]
    }
    error_message = "Unset options must not reach the document: ${output.content}"
  }
}

run "acts_in_many_ways_when_the_condition_is_true" {
  command = plan

  variables {
    actions = [
      { id = "crm", http = { url = "https://crm.example.com", method = "PUT", body = "{{ trigger.body | toJson }}", headers = { Accept = "application/json" }, token_secret = "CRM_TOKEN" } },
      { id = "note", sql = { statement = "INSERT INTO notes VALUES (:id)", parameters = { id = "{{ trigger.body.id }}" } } },
      { id = "team", slack = { message = "Big.", webhook_secret = "SLACK_SALES" } },
      { id = "log", task = jsonencode({ id = "log", type = "io.kestra.plugin.core.log.Log", message = "Done" }) },
    ]
    alert       = { subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { message = { type = "STRING" } } }, message = "No deal." }
    condition   = "trigger.body.total > 1000"
    connection  = { host = "warehouse.example.com", database = "shop", username = "automation" }
    description = "Large orders."
    disabled    = true
    labels      = { owner = "sales" }
    retry       = { type = "constant" }
  }

  assert {
    condition = yamldecode(output.content) == {
      id          = "large-order"
      namespace   = "company.sales"
      description = "Large orders."
      disabled    = true
      errors      = [{ id = "alert", type = "io.kestra.plugin.core.flow.Subflow", namespace = "company.shared", flowId = "slack-notify", inputs = { message = "No deal." } }]
      labels      = { owner = "sales" }
      tasks = [{
        id        = "condition"
        type      = "io.kestra.plugin.core.flow.If"
        condition = "{{ trigger.body.total > 1000 }}"
        then = [
          {
            id      = "crm"
            type    = "io.kestra.plugin.core.http.Request"
            uri     = "https://crm.example.com"
            body    = "{{ trigger.body | toJson }}"
            headers = { Accept = "application/json" }
            method  = "PUT"
            options = { auth = { type = "BEARER", token = "{{ secret('CRM_TOKEN') }}" } }
            retry   = { type = "constant", interval = "PT1M", maxAttempts = 4 }
          },
          {
            id         = "note"
            type       = "io.kestra.plugin.jdbc.postgresql.Query"
            url        = "jdbc:postgresql://warehouse.example.com:5432/shop"
            username   = "automation"
            password   = "{{ secret('POSTGRES_PASSWORD') }}"
            sslMode    = "PREFER"
            parameters = { id = "{{ trigger.body.id }}" }
            retry      = { type = "constant", interval = "PT1M", maxAttempts = 4 }
            sql        = "INSERT INTO notes VALUES (:id)"
          },
          {
            id          = "team"
            type        = "io.kestra.plugin.slack.notifications.SlackIncomingWebhook"
            messageText = "Big."
            retry       = { type = "constant", interval = "PT1M", maxAttempts = 4 }
            url         = "{{ secret('SLACK_SALES') }}"
          },
          { id = "log", type = "io.kestra.plugin.core.log.Log", message = "Done" },
        ]
      }]
      triggers = [{ id = "webhook", type = "io.kestra.plugin.core.trigger.Webhook", key = "{{ secret('SHOP_WEBHOOK_KEY') }}" }]
    }
    error_message = "Every option must reach the document under its name in Kestra: ${output.content}"
  }
}

run "carries_any_text_unharmed" {
  command = plan

  variables {
    connection = { host = "warehouse.example.com", database = "shop", username = "automation" }
    actions = [
      { id = "sql", sql = { statement = "SELECT 'a: b', \"c\" # one\n  FROM t -- it's $${x} %%{y}\n WHERE a = {{ flow.id }}\n\t'\\d+' = '漢 🙂'\n" } },
      { id = "slack", slack = { message = "SELECT 'a: b', \"c\" # one\n  FROM t -- it's $${x} %%{y}\n WHERE a = {{ flow.id }}\n\t'\\d+' = '漢 🙂'\n" } },
      { id = "http", http = { url = "https://crm.example.com", body = "SELECT 'a: b', \"c\" # one\n  FROM t -- it's $${x} %%{y}\n WHERE a = {{ flow.id }}\n\t'\\d+' = '漢 🙂'\n" } },
    ]
  }

  assert {
    condition     = [yamldecode(output.content).tasks[0].sql, yamldecode(output.content).tasks[1].messageText, yamldecode(output.content).tasks[2].body] == [var.actions[0].sql.statement, var.actions[1].slack.message, var.actions[2].http.body]
    error_message = "Text must come back letter by letter: ${output.content}"
  }
}

run "refuses_no_actions" {
  command = plan

  variables {
    actions = []
  }

  expect_failures = [var.actions]
}

run "refuses_two_actions_of_one_id" {
  command = plan

  variables {
    actions = [{ id = "a", slack = { message = "a" } }, { id = "a", slack = { message = "b" } }]
  }

  expect_failures = [var.actions]
}

run "refuses_an_action_that_is_two" {
  command = plan

  variables {
    actions = [{ id = "a", slack = { message = "a" }, http = { url = "https://crm.example.com" } }]
  }

  expect_failures = [var.actions]
}

run "refuses_sql_without_a_database" {
  command = plan

  variables {
    actions = [{ id = "a", sql = { statement = "SELECT 1" } }]
  }

  expect_failures = [var.actions]
}

run "refuses_a_token_in_place_of_the_name_of_a_secret" {
  command = plan

  variables {
    actions = [{ id = "a", http = { url = "https://crm.example.com", token_secret = "Bearer xyz" } }]
  }

  expect_failures = [var.actions]
}

run "refuses_two_statements" {
  command = plan

  variables {
    connection = { host = "warehouse.example.com", database = "shop", username = "a" }
    actions    = [{ id = "a", sql = { statement = "SELECT 1; SELECT 2" } }]
  }

  expect_failures = [var.actions]
}

run "refuses_a_cast_that_would_be_a_parameter" {
  command = plan

  variables {
    connection = { host = "warehouse.example.com", database = "shop", username = "a" }
    actions    = [{ id = "a", sql = { statement = "SELECT :day::date", parameters = { day = "1" } } }]
  }

  expect_failures = [var.actions]
}

run "refuses_an_address_that_is_none" {
  command = plan

  variables {
    actions = [{ id = "a", http = { url = "crm.example.com" } }]
  }

  expect_failures = [var.actions]
}

run "refuses_an_unknown_method" {
  command = plan

  variables {
    actions = [{ id = "a", http = { url = "https://crm.example.com", method = "SEND" } }]
  }

  expect_failures = [var.actions]
}

run "refuses_a_task_of_another_id" {
  command = plan

  variables {
    actions = [{ id = "a", task = jsonencode({ id = "b", type = "io.kestra.plugin.core.log.Log" }) }]
  }

  expect_failures = [var.actions]
}

run "refuses_a_condition_with_braces" {
  command = plan

  variables {
    condition = "{{ trigger.body.total > 1000 }}"
  }

  expect_failures = [var.condition]
}
