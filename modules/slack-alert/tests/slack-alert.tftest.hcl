# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id             = "alert"
  namespace      = "company.system"
  kestra_version = "1.3.31"
  watch          = ["company"]
}

run "watches_with_conditions_in_1_3" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id        = "alert"
      namespace = "company.system"
      tasks = [{
        id            = "tell"
        type          = "io.kestra.plugin.slack.notifications.SlackExecution"
        customMessage = "{{ trigger.namespace }}.{{ trigger.flowId }} is {{ trigger.state }} in execution {{ trigger.executionId }}."
        executionId   = "{{ trigger.executionId }}"
        url           = "{{ secret('SLACK_WEBHOOK') }}"
      }]
      triggers = [{
        id     = "ended"
        type   = "io.kestra.plugin.core.trigger.Flow"
        states = ["FAILED", "WARNING"]
        conditions = [{
          type = "io.kestra.plugin.core.condition.Or"
          conditions = [
            { type = "io.kestra.plugin.core.condition.ExecutionNamespace", namespace = "company", comparison = "EQUALS" },
            { type = "io.kestra.plugin.core.condition.ExecutionNamespace", namespace = "company.", comparison = "PREFIX" },
          ]
        }]
      }]
    }
    error_message = "1.3 has conditions: ${output.content}"
  }
}

run "watches_with_an_expression_in_2_0" {
  command = plan

  variables {
    description    = "Who failed?"
    disabled       = true
    kestra_version = "2.0.0"
    labels         = { owner = "platform" }
    message        = "it's # a: \"{{ trigger.flowId }}\"\n%%{x} $${y}"
    states         = ["FAILED"]
    watch          = ["company.sales", "company.analytics"]
    webhook_secret = "SLACK_SALES"
  }

  assert {
    condition = yamldecode(output.content) == {
      id          = "alert"
      namespace   = "company.system"
      description = "Who failed?"
      disabled    = true
      labels      = { owner = "platform" }
      tasks = [{
        id            = "tell"
        type          = "io.kestra.plugin.slack.notifications.SlackExecution"
        customMessage = var.message
        executionId   = "{{ trigger.executionId }}"
        url           = "{{ secret('SLACK_SALES') }}"
      }]
      triggers = [
        {
          id   = "ended"
          type = "io.kestra.plugin.core.trigger.Flow"
          mode = "ANY"
          dependsOn = [
            { states = ["FAILED"], when = "{{ flow.namespace == 'company.sales' or flow.namespace | startsWith('company.sales.') }}" },
            { states = ["FAILED"], when = "{{ flow.namespace == 'company.analytics' or flow.namespace | startsWith('company.analytics.') }}" },
          ]
        },
      ]
    }
    error_message = "2.0 has an expression: ${output.content}"
  }
}

run "refuses_nothing_to_watch" {
  command = plan

  variables {
    watch = []
  }

  expect_failures = [var.watch]
}

run "refuses_a_namespace_with_a_quote" {
  command = plan

  variables {
    watch = ["company'"]
  }

  expect_failures = [var.watch]
}

run "refuses_an_empty_message" {
  command = plan

  variables {
    message = " "
  }

  expect_failures = [var.message]
}

run "refuses_an_unknown_state" {
  command = plan

  variables {
    states = ["BROKEN"]
  }

  expect_failures = [var.states]
}

run "refuses_an_address_in_place_of_the_name_of_a_secret" {
  command = plan

  variables {
    webhook_secret = "https://hooks.slack.com/services/T/B/x"
  }

  expect_failures = [var.webhook_secret]
}
