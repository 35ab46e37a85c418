# No server: these runs plan only, and look at the documents that would be deployed.
mock_provider "kestra" {}

variables {
  name      = "pr-42"
  namespace = "company.sales"
  expires   = "2030-01-31"
  sources = {
    "report.yaml" = <<-YAML
      id: report
      namespace: company.sales
      tasks:
        - id: log
          type: io.kestra.plugin.core.log.Log
          message: Hello
    YAML
  }
}

run "moves_a_flow_and_says_until_when" {
  command = plan

  assert {
    condition = yamldecode(output.contents["report.yaml"]) == {
      id        = "report"
      namespace = "sandbox.pr-42.company.sales"
      labels    = { sandbox-environment = "sandbox.pr-42", sandbox-expires = "2030-01-31" }
      tasks     = [{ id = "log", type = "io.kestra.plugin.core.log.Log", message = "Hello" }]
    }
    error_message = "The flow must move: ${output.contents["report.yaml"]}"
  }
  assert {
    condition     = output.namespace == "sandbox.pr-42.company.sales"
    error_message = "The copy is at ${output.namespace}."
  }
}

run "moves_what_flows_refer_to" {
  command = plan

  variables {
    sources = {
      caller = <<-YAML
        id: caller
        namespace: company.sales.eu
        tasks:
          - id: both
            type: io.kestra.plugin.core.flow.Parallel
            tasks:
              - id: inside
                type: io.kestra.plugin.core.flow.Subflow
                namespace: "company.sales" # the report
                flowId: report
                inputs:
                  namespace: company.sales
                  team: company.sales
                  text: 'a {"namespace":"company.sales"} b, "namespace":"company.sales"'
              - id: outside
                type: io.kestra.plugin.core.flow.Subflow
                namespace: company.salesforce
                flowId: report
              - id: elsewhere
                type: io.kestra.plugin.core.flow.Subflow
                namespace: other.company.sales
                flowId: report
          - id: sync
            type: io.kestra.plugin.git.SyncFlows
            url: https://git.example.com/a.git
            targetNamespace: company.sales.us
          - id: purge
            type: io.kestra.plugin.core.kv.PurgeKV
            namespaces: [company.sales, company.sales.eu, other]
          - id: say
            type: io.kestra.plugin.core.log.Log
            message: >-
              {{ kv('a', 'company.sales') }} {{ kv("b", "company.sales.eu") }} {{ secret('C', namespace='company.sales') }}
              {{ kv(key="d", namespace = "company.sales") }} {{ kv('e', 'company.salesforce') }} {{ flow.namespace }} company.sales
          - id: read
            type: io.kestra.plugin.core.debug.Return
            format: "nsfile://company.sales/a.csv nsfile:///b.csv {{ read('c.sql', 'company.sales') }}"
        triggers:
          - id: after
            type: io.kestra.plugin.core.trigger.Flow
            preconditions:
              id: done
              flows:
                - namespace: company.sales
                  flowId: report
      YAML
    }
  }

  assert {
    condition     = yamldecode(output.contents.caller).namespace == "sandbox.pr-42.company.sales.eu"
    error_message = "A namespace below must move, too: ${output.contents.caller}"
  }
  assert {
    condition     = yamldecode(output.contents.caller).tasks[0].tasks[*].namespace == ["sandbox.pr-42.company.sales", "company.salesforce", "other.company.sales"]
    error_message = "Calls of other flows must move, by whole parts of a namespace: ${output.contents.caller}"
  }
  assert {
    condition = yamldecode(output.contents.caller).tasks[0].tasks[0].inputs == {
      namespace = "company.sales"
      team      = "company.sales"
      text      = "a {\"namespace\":\"company.sales\"} b, \"namespace\":\"company.sales\""
    }
    error_message = "What is given to flows must stay: ${output.contents.caller}"
  }
  assert {
    condition     = yamldecode(output.contents.caller).tasks[1].targetNamespace == "sandbox.pr-42.company.sales.us"
    error_message = "A namespace by another name must move: ${output.contents.caller}"
  }
  assert {
    condition     = yamldecode(output.contents.caller).tasks[2].namespaces == ["sandbox.pr-42.company.sales", "sandbox.pr-42.company.sales.eu", "other"]
    error_message = "Lists of namespaces must move: ${output.contents.caller}"
  }
  assert {
    condition     = yamldecode(output.contents.caller).tasks[3].message == "{{ kv('a', 'sandbox.pr-42.company.sales') }} {{ kv(\"b\", \"sandbox.pr-42.company.sales.eu\") }} {{ secret('C', namespace='sandbox.pr-42.company.sales') }} {{ kv(key=\"d\", namespace = \"sandbox.pr-42.company.sales\") }} {{ kv('e', 'company.salesforce') }} {{ flow.namespace }} company.sales"
    error_message = "Expressions must look into the copy: ${yamldecode(output.contents.caller).tasks[3].message}"
  }
  assert {
    condition     = yamldecode(output.contents.caller).tasks[4].format == "nsfile://sandbox.pr-42.company.sales/a.csv nsfile:///b.csv {{ read('c.sql', 'sandbox.pr-42.company.sales') }}"
    error_message = "Files of the namespace must be those of the copy: ${yamldecode(output.contents.caller).tasks[4].format}"
  }
  assert {
    condition     = yamldecode(output.contents.caller).triggers[0].preconditions.flows[0].namespace == "sandbox.pr-42.company.sales"
    error_message = "Triggers must wait for flows of the copy: ${output.contents.caller}"
  }
}

run "switches_triggers_off" {
  command = plan

  variables {
    active_triggers = ["io.kestra.plugin.core.trigger.Flow"]
    sources = {
      clock = <<-YAML
        id: clock
        namespace: company.sales
        labels:
          - key: owner
            value: sales
        tasks:
          - id: log
            type: io.kestra.plugin.core.log.Log
            message: "SELECT 1 # one: 'two', $${x} %%{y} yes"
        triggers:
          - id: nightly
            type: io.kestra.plugin.core.trigger.Schedule
            cron: 0 2 * * *
            disabled: no
          - id: after
            type: io.kestra.plugin.core.trigger.Flow
      YAML
    }
    labels = { pull-request = "42" }
  }

  assert {
    condition     = [for trigger in yamldecode(output.contents.clock).triggers : try(trigger.disabled, false)] == [true, false]
    error_message = "Only the trigger that may stay on must be on: ${output.contents.clock}"
  }
  assert {
    condition     = yamldecode(output.contents.clock).triggers[0].cron == "0 2 * * *"
    error_message = "A trigger that is off keeps the rest: ${output.contents.clock}"
  }
  assert {
    condition     = yamldecode(output.contents.clock).tasks[0].message == "SELECT 1 # one: 'two', $${x} %%{y} yes"
    error_message = "Text must come back letter by letter: ${output.contents.clock}"
  }
  assert {
    condition     = yamldecode(output.contents.clock).labels == { owner = "sales", pull-request = "42", sandbox-environment = "sandbox.pr-42", sandbox-expires = "2030-01-31" }
    error_message = "Labels must be added to those of the flow: ${output.contents.clock}"
  }
}

run "gives_the_copy_entries_and_files_of_its_own" {
  command = plan

  variables {
    files        = { "company.sales" = { "queries/orders.sql" = "SELECT 1 # one" } }
    kv_overrides = { "company.sales.eu" = { limit = { value = "10", type = "NUMBER" }, url = { value = "https://test.example.com" } } }
  }

  assert {
    condition = { for id, entry in kestra_kv.this : id => [entry.namespace, entry.key, entry.type, nonsensitive(entry.value)] } == {
      "company.sales.eu/limit" = ["sandbox.pr-42.company.sales.eu", "limit", "NUMBER", "10"]
      "company.sales.eu/url"   = ["sandbox.pr-42.company.sales.eu", "url", "STRING", "https://test.example.com"]
    }
    error_message = "KV entries must be those of the copy."
  }
  assert {
    condition     = kestra_namespace_file.this["company.sales/queries/orders.sql"].namespace == "sandbox.pr-42.company.sales"
    error_message = "Files must be those of the copy."
  }
}

run "refuses_a_day_that_does_not_exist" {
  command = plan

  variables {
    expires = "2030-02-31"
  }

  expect_failures = [var.expires]
}

run "refuses_a_flow_of_another_namespace" {
  command = plan

  variables {
    sources = { other = "id: a\nnamespace: company.salesforce\ntasks: []\n" }
  }

  expect_failures = [var.sources]
}

run "refuses_a_name_in_capitals" {
  command = plan

  variables {
    name = "PR-42"
  }

  expect_failures = [var.name]
}

run "refuses_a_namespace_with_a_space" {
  command = plan

  variables {
    namespace = "company sales"
  }

  expect_failures = [var.namespace]
}

run "refuses_a_trigger_by_its_id" {
  command = plan

  variables {
    active_triggers = ["nightly"]
  }

  expect_failures = [var.active_triggers]
}

run "refuses_files_of_another_namespace" {
  command = plan

  variables {
    files = { company = { "a.sql" = "SELECT 1" } }
  }

  expect_failures = [var.files]
}

run "refuses_entries_of_another_namespace" {
  command = plan

  variables {
    kv_overrides = { company = { url = { value = "x" } } }
  }

  expect_failures = [var.kv_overrides]
}

run "refuses_a_prefix_in_capitals" {
  command = plan

  variables {
    prefix = "Sandbox"
  }

  expect_failures = [var.prefix]
}
