# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id        = "orders"
  namespace = "company.sales"
  tasks     = ["{\"id\": \"hello\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"Hello\"}"]
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id        = "orders"
      namespace = "company.sales"
      tasks     = [{ id = "hello", type = "io.kestra.plugin.core.log.Log", message = "Hello" }]
    }
    error_message = "Unset options must not reach the document: ${output.content}"
  }
}

run "writes_everything_that_was_set" {
  command = plan

  variables {
    alert = {
      subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { channel = { type = "STRING" }, message = { type = "STRING" } } }
      inputs  = { channel = "#sales" }
      message = "Orders are late."
    }
    after_execution = ["{\"id\": \"note\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"{{ execution.state }}\"}"]
    checks          = [{ when = "inputs.depth > 0", message = "Not that deep.", behavior = "FAIL_EXECUTION", style = "ERROR" }]
    concurrency     = { limit = 2, behavior = "CANCEL" }
    description     = "Orders of the day."
    disabled        = true
    errors          = ["{\"id\": \"failed\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"Failed\"}"]
    finally         = ["{\"id\": \"bye\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"Bye\"}"]
    inputs          = [{ id = "depth", type = "INT" }]
    labels          = { owner = "sales" }
    outputs         = [{ id = "depth", type = "INT", value = "{{ inputs.depth }}", description = "As given.", display_name = "Depth", required = false }]
    retry           = { type = "constant", max_attempts = 3 }
    sla = [
      { id = "quick", behavior = "CANCEL", duration = "PT2H", labels = { sla = "missed" } },
      { id = "sane", behavior = "NONE", assert = "inputs.depth < 9" },
    ]
    triggers  = ["{\"id\": \"nightly\", \"type\": \"io.kestra.plugin.core.trigger.Schedule\", \"cron\": \"0 2 * * *\"}"]
    variables = { day = "{{ trigger.date ?? execution.startDate }}", shops = "[\"a\"]" }
  }

  assert {
    condition = yamldecode(output.content) == {
      id             = "orders"
      namespace      = "company.sales"
      afterExecution = [{ id = "note", type = "io.kestra.plugin.core.log.Log", message = "{{ execution.state }}" }]
      checks         = [{ condition = "{{ inputs.depth > 0 }}", message = "Not that deep.", behavior = "FAIL_EXECUTION", style = "ERROR" }]
      concurrency    = { limit = 2, behavior = "CANCEL" }
      description    = "Orders of the day."
      disabled       = true
      errors = [
        { id = "failed", type = "io.kestra.plugin.core.log.Log", message = "Failed" },
        {
          id        = "alert"
          type      = "io.kestra.plugin.core.flow.Subflow"
          namespace = "company.shared"
          flowId    = "slack-notify"
          inputs    = { channel = "#sales", message = "Orders are late." }
        },
      ]
      finally = [{ id = "bye", type = "io.kestra.plugin.core.log.Log", message = "Bye" }]
      inputs  = [{ id = "depth", type = "INT" }]
      labels  = { owner = "sales" }
      outputs = [{ id = "depth", type = "INT", value = "{{ inputs.depth }}", description = "As given.", displayName = "Depth", required = false }]
      retry   = { type = "constant", interval = "PT1M", maxAttempts = 3 }
      sla = [
        { id = "quick", type = "MAX_DURATION", behavior = "CANCEL", duration = "PT2H", labels = { sla = "missed" } },
        { id = "sane", type = "EXECUTION_ASSERTION", behavior = "NONE", assert = "{{ inputs.depth < 9 }}" },
      ]
      tasks     = [{ id = "hello", type = "io.kestra.plugin.core.log.Log", message = "Hello" }]
      triggers  = [{ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "0 2 * * *" }]
      variables = { day = "{{ trigger.date ?? execution.startDate }}", shops = "[\"a\"]" }
    }
    error_message = "Every option must reach the document under Kestra's name: ${output.content}"
  }
}

run "writes_what_1_3_accepts" {
  command = plan

  variables {
    kestra_version = "1.3.31"
    checks         = [{ when = "flow.id == 'orders'", message = "Never shown." }]
    properties     = "{\"pluginDefaults\": [{\"type\": \"io.kestra.plugin.core.log.Log\", \"values\": {\"level\": \"DEBUG\"}}]}"
    retry          = {}
  }

  assert {
    condition = [yamldecode(output.content).checks, yamldecode(output.content).pluginDefaults, yamldecode(output.content).retry] == [
      [{ condition = "{{ flow.id == 'orders' }}", message = "Never shown." }],
      [{ type = "io.kestra.plugin.core.log.Log", values = { level = "DEBUG" } }],
      { type = "exponential", interval = "PT1M", maxAttempts = 4, maxInterval = "PT15M" },
    ]
    error_message = "The document must be that of 1.3: ${output.content}"
  }
}

run "writes_what_2_0_accepts" {
  command = plan

  variables {
    id             = "executions"
    kestra_version = "2.0.0"
    checks         = [{ when = "flow.id == 'orders'", message = "Never shown." }]
    properties     = "{\"workerSelector\": {\"tags\": [\"gpu\"]}}"
  }

  assert {
    condition = [yamldecode(output.content).checks, yamldecode(output.content).workerSelector] == [
      [{ when = "{{ flow.id == 'orders' }}", message = "Never shown." }],
      { tags = ["gpu"] },
    ]
    error_message = "The document must be that of 2.0: ${output.content}"
  }
}

run "tells_which_execution_failed" {
  command = plan

  variables {
    alert = { subflow = { namespace = "company.shared", flow_id = "slack-notify" } }
  }

  assert {
    condition     = yamldecode(output.content).errors[0].inputs == { message = "{{ flow.namespace }}.{{ flow.id }} failed in execution {{ execution.id }}." }
    error_message = "An alert names the flow and the execution: ${output.content}"
  }
}

run "refuses_for_2_0_what_only_1_3_has" {
  command = plan

  variables {
    kestra_version = "2.0"
    tasks          = ["{\"id\": \"each\", \"type\": \"io.kestra.plugin.core.flow.ForEach\", \"values\": [1, 2], \"tasks\": [{\"id\": \"hello\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"Hello\"}]}"]
  }

  expect_failures = [kestra_flow.this]
}

run "refuses_for_1_3_what_only_2_0_has" {
  command = plan

  variables {
    kestra_version = "1.3.31"
    triggers       = ["{\"id\": \"nightly\", \"type\": \"io.kestra.plugin.core.trigger.Schedule\", \"cron\": \"0 2 * * *\", \"when\": \"{{ true }}\"}"]
  }

  expect_failures = [kestra_flow.this]
}

run "gives_inputs_their_own_types" {
  command = plan

  variables {
    inputs = [
      { id = "day", type = "DATE", required = false, display_name = "Day" },
      { id = "dry_run", type = "BOOL", defaults = "false" },
      { id = "limit", type = "INT", defaults = "100", min = 1, max = 1000 },
      { id = "region", type = "SELECT", values = ["eu", "us"], defaults = "eu" },
      { id = "shops", type = "ARRAY", item_type = "STRING", defaults = "[\"a\", \"b\"]" },
      { id = "version", type = "STRING", defaults = "1.10" },
    ]
  }

  assert {
    condition = yamldecode(output.content).inputs == [
      { id = "day", type = "DATE", required = false, displayName = "Day" },
      { id = "dry_run", type = "BOOL", defaults = false },
      { id = "limit", type = "INT", defaults = 100, min = 1, max = 1000 },
      { id = "region", type = "SELECT", values = ["eu", "us"], defaults = "eu" },
      { id = "shops", type = "ARRAY", itemType = "STRING", defaults = ["a", "b"] },
      { id = "version", type = "STRING", defaults = "1.10" },
    ]
    error_message = "A default must keep the type of its input: ${output.content}"
  }
}

# Text that was glued into YAML lost everything behind ` #`, and broke at `: `.
run "carries_any_text_unharmed" {
  command = plan

  variables {
    tasks = [
      jsonencode({ id = "comment", type = "sql", sql = "SELECT 1 # one\nFROM t -- \"two\"" }),
      jsonencode({ id = "colon", type = "sql", sql = "SELECT 'a: b',\n  '\\d+\\t', \"it's\"\n" }),
      jsonencode({ id = "dollar", type = "sql", sql = "SELECT $${amount} %%{ if x } <> '&'" }),
      jsonencode({ id = "edges", type = "sql", sql = "\n  indented\n\ttabbed  \n\n" }),
      jsonencode({ id = "long", type = "sql", sql = join(" ", [for number in range(60) : "column_${number} = 'it: #${number}',  "]) }),
      jsonencode({ id = "words", type = "sql", sql = "yes", number = "010", nothing = "null", none = "", date = "2026-01-01" }),
      jsonencode({ id = "pebble", type = "sql", sql = "{{ outputs.a['b-c'] | default(\"ø 漢 🙂\") }}" }),
    ]
  }

  assert {
    condition     = yamldecode(output.content).tasks == [for task in var.tasks : jsondecode(task)]
    error_message = "Text must come back letter by letter: ${output.content}"
  }
}

run "keeps_triggers_of_different_shapes" {
  command = plan

  variables {
    triggers = [
      jsonencode({ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "0 2 * * *", inputs = { region = "eu" } }),
      jsonencode({ id = "hook", type = "io.kestra.plugin.core.trigger.Webhook", key = "{{ secret('WEBHOOK_KEY') }}", disabled = false }),
    ]
  }

  assert {
    condition     = yamldecode(output.content).triggers == [for trigger in var.triggers : jsondecode(trigger)]
    error_message = "Triggers must keep their own shapes: ${output.content}"
  }
}

run "refuses_a_flow_id_with_a_space" {
  command = plan

  variables {
    id = "my orders"
  }

  expect_failures = [var.id]
}

run "refuses_a_reserved_flow_id" {
  command = plan

  variables {
    id = "executions"
  }

  expect_failures = [var.id]
}

run "refuses_a_namespace_in_capitals" {
  command = plan

  variables {
    namespace = "Company.Sales"
  }

  expect_failures = [var.namespace]
}

run "refuses_a_flow_without_tasks" {
  command = plan

  variables {
    tasks = []
  }

  expect_failures = [var.tasks]
}

run "refuses_a_task_without_an_id" {
  command = plan

  variables {
    tasks = ["{\"type\": \"io.kestra.plugin.core.log.Log\"}"]
  }

  expect_failures = [var.tasks]
}

run "refuses_a_task_that_is_not_json" {
  command = plan

  variables {
    tasks = ["id: hello"]
  }

  expect_failures = [var.tasks]
}

run "refuses_a_task_without_a_type" {
  command = plan

  variables {
    tasks = ["{\"id\": \"hello\"}"]
  }

  expect_failures = [var.tasks]
}

run "refuses_two_tasks_of_one_id" {
  command = plan

  variables {
    tasks = ["{\"id\": \"hello\", \"type\": \"io.kestra.plugin.core.log.Log\"}", "{\"id\": \"hello\", \"type\": \"io.kestra.plugin.core.log.Log\"}"]
  }

  expect_failures = [var.tasks]
}

run "refuses_an_error_task_with_the_id_of_a_task" {
  command = plan

  variables {
    errors = ["{\"id\": \"hello\", \"type\": \"io.kestra.plugin.core.log.Log\"}"]
  }

  expect_failures = [var.tasks]
}

run "refuses_a_concurrency_of_zero" {
  command = plan

  variables {
    concurrency = { limit = 0 }
  }

  expect_failures = [var.concurrency]
}

run "refuses_an_unknown_concurrency_behavior" {
  command = plan

  variables {
    concurrency = { limit = 1, behavior = "WAIT" }
  }

  expect_failures = [var.concurrency]
}

run "refuses_an_error_task_without_an_id" {
  command = plan

  variables {
    errors = ["{\"type\": \"io.kestra.plugin.core.log.Log\"}"]
  }

  expect_failures = [var.errors]
}

run "refuses_an_error_task_without_a_type" {
  command = plan

  variables {
    errors = ["{\"id\": \"alert\"}"]
  }

  expect_failures = [var.errors]
}

run "refuses_a_last_task_without_an_id" {
  command = plan

  variables {
    finally = ["{\"type\": \"io.kestra.plugin.core.log.Log\"}"]
  }

  expect_failures = [var.finally]
}

run "refuses_a_last_task_without_a_type" {
  command = plan

  variables {
    finally = ["{\"id\": \"bye\"}"]
  }

  expect_failures = [var.finally]
}

run "refuses_an_input_id_with_a_space" {
  command = plan

  variables {
    inputs = [{ id = "the day", type = "DATE" }]
  }

  expect_failures = [var.inputs]
}

run "refuses_two_inputs_of_one_id" {
  command = plan

  variables {
    inputs = [{ id = "day", type = "DATE" }, { id = "day", type = "STRING" }]
  }

  expect_failures = [var.inputs]
}

run "refuses_an_input_type_that_2_0_removed" {
  command = plan

  variables {
    inputs = [{ id = "dry_run", type = "BOOLEAN" }]
  }

  expect_failures = [var.inputs]
}

run "refuses_a_default_that_is_not_json" {
  command = plan

  variables {
    inputs = [{ id = "limit", type = "INT", defaults = "many" }]
  }

  expect_failures = [var.inputs]
}

run "refuses_a_default_of_an_optional_input" {
  command = plan

  variables {
    inputs = [{ id = "day", type = "STRING", defaults = "today", required = false }]
  }

  expect_failures = [var.inputs]
}

run "refuses_a_select_without_values" {
  command = plan

  variables {
    inputs = [{ id = "region", type = "SELECT" }]
  }

  expect_failures = [var.inputs]
}

run "refuses_an_array_without_an_item_type" {
  command = plan

  variables {
    inputs = [{ id = "shops", type = "ARRAY" }]
  }

  expect_failures = [var.inputs]
}

run "refuses_a_label_in_capitals" {
  command = plan

  variables {
    labels = { Owner = "sales" }
  }

  expect_failures = [var.labels]
}

run "refuses_a_label_without_a_value" {
  command = plan

  variables {
    labels = { owner = "" }
  }

  expect_failures = [var.labels]
}

run "refuses_a_system_label" {
  command = plan

  variables {
    labels = { "system.correlationId" = "x" }
  }

  expect_failures = [var.labels]
}

run "refuses_properties_that_are_not_an_object" {
  command = plan

  variables {
    properties = "[]"
  }

  expect_failures = [var.properties]
}

run "refuses_a_property_with_a_variable_of_its_own" {
  command = plan

  variables {
    properties = "{\"labels\": {\"owner\": \"sales\"}}"
  }

  expect_failures = [var.properties]
}

run "refuses_a_trigger_without_an_id" {
  command = plan

  variables {
    triggers = ["{\"type\": \"io.kestra.plugin.core.trigger.Schedule\"}"]
  }

  expect_failures = [var.triggers]
}

run "refuses_a_trigger_without_a_type" {
  command = plan

  variables {
    triggers = ["{\"id\": \"nightly\"}"]
  }

  expect_failures = [var.triggers]
}

run "refuses_two_triggers_of_one_id" {
  command = plan

  variables {
    triggers = ["{\"id\": \"nightly\", \"type\": \"io.kestra.plugin.core.trigger.Schedule\"}", "{\"id\": \"nightly\", \"type\": \"io.kestra.plugin.core.trigger.Webhook\"}"]
  }

  expect_failures = [var.triggers]
}

run "refuses_a_task_after_the_execution_without_an_id" {
  command = plan

  variables {
    after_execution = ["{\"type\": \"io.kestra.plugin.core.log.Log\"}"]
  }

  expect_failures = [var.after_execution]
}

run "refuses_a_task_after_the_execution_without_a_type" {
  command = plan

  variables {
    after_execution = ["{\"id\": \"note\"}"]
  }

  expect_failures = [var.after_execution]
}

run "refuses_a_check_in_braces" {
  command = plan

  variables {
    checks = [{ when = "{{ inputs.a }}", message = "No." }]
  }

  expect_failures = [var.checks]
}

run "refuses_a_check_without_a_message" {
  command = plan

  variables {
    checks = [{ when = "inputs.a", message = "" }]
  }

  expect_failures = [var.checks]
}

run "refuses_an_unknown_behavior_of_a_check" {
  command = plan

  variables {
    checks = [{ when = "inputs.a", message = "No.", behavior = "STOP" }]
  }

  expect_failures = [var.checks]
}

run "refuses_an_unknown_style_of_a_check" {
  command = plan

  variables {
    checks = [{ when = "inputs.a", message = "No.", style = "RED" }]
  }

  expect_failures = [var.checks]
}

run "refuses_a_version_of_another_line" {
  command = plan

  variables {
    kestra_version = "1.2.0"
  }

  expect_failures = [var.kestra_version]
}

run "refuses_an_output_id_with_a_space" {
  command = plan

  variables {
    outputs = [{ id = "the rows", type = "INT", value = "1" }]
  }

  expect_failures = [var.outputs]
}

run "refuses_two_outputs_of_one_id" {
  command = plan

  variables {
    outputs = [{ id = "rows", type = "INT", value = "1" }, { id = "rows", type = "INT", value = "2" }]
  }

  expect_failures = [var.outputs]
}

run "refuses_an_output_type_that_2_0_removed" {
  command = plan

  variables {
    outputs = [{ id = "rows", type = "BOOLEAN", value = "true" }]
  }

  expect_failures = [var.outputs]
}

run "refuses_two_slas_of_one_id" {
  command = plan

  variables {
    sla = [{ id = "quick", behavior = "FAIL", duration = "PT1H" }, { id = "quick", behavior = "FAIL", duration = "PT2H" }]
  }

  expect_failures = [var.sla]
}

run "refuses_an_unknown_behavior_of_an_sla" {
  command = plan

  variables {
    sla = [{ id = "quick", behavior = "WARN", duration = "PT1H" }]
  }

  expect_failures = [var.sla]
}

run "refuses_an_sla_of_two_kinds" {
  command = plan

  variables {
    sla = [{ id = "quick", behavior = "FAIL", duration = "PT1H", assert = "true" }]
  }

  expect_failures = [var.sla]
}

run "refuses_an_sla_in_braces" {
  command = plan

  variables {
    sla = [{ id = "quick", behavior = "FAIL", assert = "{{ true }}" }]
  }

  expect_failures = [var.sla]
}

run "refuses_an_sla_of_no_duration" {
  command = plan

  variables {
    sla = [{ id = "quick", behavior = "FAIL", duration = "2 hours" }]
  }

  expect_failures = [var.sla]
}

run "refuses_a_variable_with_a_dash" {
  command = plan

  variables {
    variables = { "the-day" = "today" }
  }

  expect_failures = [var.variables]
}

run "refuses_an_alert_to_a_subflow_without_a_message" {
  command = plan

  variables {
    alert = { subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { text = { type = "STRING" } } } }
  }

  expect_failures = [var.alert]
}

run "refuses_an_alert_input_that_the_subflow_does_not_take" {
  command = plan

  variables {
    alert = { subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { message = { type = "STRING" } } }, inputs = { channel = "#data" } }
  }

  expect_failures = [var.alert]
}

run "refuses_a_task_with_the_id_of_the_alert" {
  command = plan

  variables {
    alert = { subflow = { namespace = "company.shared", flow_id = "slack-notify" } }
    tasks = ["{\"id\": \"alert\", \"type\": \"io.kestra.plugin.core.log.Log\", \"message\": \"Hello\"}"]
  }

  expect_failures = [var.tasks]
}
