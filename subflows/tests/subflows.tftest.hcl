# No server: these runs plan only, and look at the documents that would be deployed.
mock_provider "kestra" {}

variables {
  namespace = "company.shared"
}

run "declares_a_subflow_for_each_file" {
  command = plan

  assert {
    condition     = keys(kestra_subflow.this) == ["bigquery-query", "http-call", "postgres-query", "slack-notify"]
    error_message = "Every file that calls no other is one subflow; got ${join(", ", keys(kestra_subflow.this))}."
  }
  assert {
    condition     = keys(kestra_subflow.callers) == ["airbyte-sync", "dbt-command", "hightouch-sync"]
    error_message = "Every file that calls another is one subflow; got ${join(", ", keys(kestra_subflow.callers))}."
  }
}

run "puts_them_into_the_namespace" {
  command = plan

  variables {
    namespace = "team.shared"
  }

  assert {
    condition     = alltrue([for subflow in merge(kestra_subflow.this, kestra_subflow.callers) : yamldecode(subflow.content).namespace == "team.shared"])
    error_message = "The namespace of the caller must win over that of the files."
  }
}

run "calls_the_others_where_they_are" {
  command = plan

  variables {
    namespace = "team.shared"
  }

  assert {
    condition     = alltrue([for subflow in kestra_subflow.callers : yamldecode(subflow.content).errors[0].namespace == "team.shared"])
    error_message = "A subflow must call the others where they are deployed."
  }
}

run "changes_nothing_else" {
  command = plan

  assert {
    condition     = alltrue([for id, subflow in merge(kestra_subflow.this, kestra_subflow.callers) : subflow.content == file("${id}.yaml")])
    error_message = "In the namespace of the files, the texts must be those of the files, letter by letter."
  }
}

run "types_and_describes_every_input_and_output" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for subflow in merge(kestra_subflow.this, kestra_subflow.callers) : [
        for value in concat(yamldecode(subflow.content).inputs, try(yamldecode(subflow.content).outputs, [])) :
        can(regex("^[A-Z]+$", value.type)) && can(regex("\\.$", value.description))
      ]
    ]))
    error_message = "The inputs and outputs are the contract: each has a type and a sentence."
  }
}

run "lists_every_input_and_output_in_the_readme" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for subflow in merge(kestra_subflow.this, kestra_subflow.callers) : [
        for input in yamldecode(subflow.content).inputs : strcontains(
          file("README.md"),
          "| `${input.id}` | ${input.type} | ${can(input.defaults) ? "`${try(input.defaults, "")}`" : try(input.required, true) ? "required" : "optional"} | ${input.description} |",
        )
      ]
    ]))
    error_message = "The table of inputs in the README does not say what the files say."
  }
  assert {
    condition = alltrue(flatten([
      for subflow in merge(kestra_subflow.this, kestra_subflow.callers) : [
        for output in try(yamldecode(subflow.content).outputs, []) :
        strcontains(file("README.md"), "| `${output.id}` | ${output.type} | ${output.description} |")
      ]
    ]))
    error_message = "The table of outputs in the README does not say what the files say."
  }
}

# A secret is named by the caller and read by Kestra, so every mention of one is an expression around an input.
run "holds_no_secret" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for subflow in merge(kestra_subflow.this, kestra_subflow.callers) : [
        for input in yamldecode(subflow.content).inputs :
        strcontains(subflow.content, "secret(inputs.${input.id})") || strcontains(subflow.content, "webhook_secret: \"{{ inputs.${input.id} }}\"")
        if endswith(input.id, "_secret")
      ]
    ]))
    error_message = "Every input that names a secret must be read with secret()."
  }
  assert {
    condition     = yamldecode(kestra_subflow.this["postgres-query"].content).tasks[0].password == "{{ secret(inputs.password_secret) }}"
    error_message = "The password must be a reference to a secret."
  }
}

run "refuses_a_namespace_in_capitals" {
  command = plan

  variables {
    namespace = "Company.Shared"
  }

  expect_failures = [var.namespace]
}
