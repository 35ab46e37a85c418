# No server: these runs plan only, and look at the documents that would be deployed.
mock_provider "kestra" {}

variables {
  namespace = "company.shared"
}

run "declares_a_subflow_for_each_file" {
  command = plan

  assert {
    condition     = keys(kestra_subflow.this) == ["notify-slack", "query-postgres"]
    error_message = "Every file is one subflow; got ${join(", ", keys(kestra_subflow.this))}."
  }
}

run "puts_them_into_the_namespace" {
  command = plan

  variables {
    namespace = "team.shared"
  }

  assert {
    condition     = alltrue([for subflow in kestra_subflow.this : yamldecode(subflow.content).namespace == "team.shared"])
    error_message = "The namespace of the caller must win over that of the files."
  }
}

run "changes_nothing_else" {
  command = plan

  assert {
    condition     = alltrue([for id, subflow in kestra_subflow.this : yamldecode(subflow.content) == yamldecode(file("${id}.yaml"))])
    error_message = "In the namespace of the files, the documents must be those of the files."
  }
}

run "types_and_describes_every_input_and_output" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for subflow in kestra_subflow.this : [
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
      for subflow in kestra_subflow.this : [
        for input in yamldecode(subflow.content).inputs : strcontains(
          file("README.md"),
          "| `${input.id}` | ${input.type} | ${can(input.defaults) ? "`${try(input.defaults, "")}`" : "required"} | ${input.description} |",
        )
      ]
    ]))
    error_message = "The table of inputs in the README does not say what the files say."
  }
  assert {
    condition = alltrue(flatten([
      for subflow in kestra_subflow.this : [
        for output in try(yamldecode(subflow.content).outputs, []) :
        strcontains(file("README.md"), "| `${output.id}` | ${output.type} | ${output.description} |")
      ]
    ]))
    error_message = "The table of outputs in the README does not say what the files say."
  }
}

run "holds_no_secret" {
  command = plan

  assert {
    condition     = yamldecode(kestra_subflow.this["query-postgres"].content).tasks[0].password == "{{ secret(inputs.password_secret) }}"
    error_message = "The password must be a reference to a secret."
  }
  assert {
    condition     = yamldecode(kestra_subflow.this["notify-slack"].content).tasks[0].url == "{{ secret(inputs.webhook_secret) }}"
    error_message = "The webhook must be a reference to a secret."
  }
}

run "refuses_a_namespace_in_capitals" {
  command = plan

  variables {
    namespace = "Company.Shared"
  }

  expect_failures = [var.namespace]
}
