# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  namespace = "company.shared"
}

run "owns_nothing_without_being_told" {
  command = plan

  assert {
    condition     = length(output.flows) + length(output.files) + length(output.kv) + length(output.secrets) == 0
    error_message = "What was not asked for must not be there."
  }

  assert {
    condition     = length(kestra_namespace.this) == 0
    error_message = "A namespace without a description is left to whoever made it."
  }
}

run "deploys_every_flow_of_a_folder" {
  command = plan

  variables {
    flows_path = "../../subflows"
  }

  assert {
    condition     = toset(keys(kestra_flow.this)) == fileset("../../subflows", "*.yaml")
    error_message = "Every YAML file is a flow; got ${join(", ", keys(kestra_flow.this))}."
  }

  assert {
    condition     = alltrue([for file, flow in kestra_flow.this : flow.content == file("../../subflows/${file}")])
    error_message = "A flow is deployed letter by letter."
  }
}

run "uploads_every_file_of_a_folder" {
  command = plan

  variables {
    files_path = "../../subflows"
  }

  assert {
    condition     = toset(output.files) == fileset("../../subflows", "**")
    error_message = "Every file is uploaded; got ${join(", ", output.files)}."
  }

  assert {
    condition     = alltrue([for name, upload in kestra_namespace_file.this : upload.content == file("../../subflows/${name}") && upload.namespace == "company.shared"])
    error_message = "A file is uploaded letter by letter."
  }
}

run "writes_entries" {
  command = plan

  variables {
    kv = { "orders.url" = { value = "https://example.com/?a=1#b: c", description = "Orders." }, size = { value = "5", type = "NUMBER", ttl = "P1D" } }
  }

  assert {
    condition     = jsonencode([for entry in kestra_kv.this : [entry.key, entry.namespace, entry.type, entry.ttl, entry.description]]) == jsonencode([["orders.url", "company.shared", "STRING", null, "Orders."], ["size", "company.shared", "NUMBER", "P1D", null]])
    error_message = "Entries must be what was asked for."
  }

  assert {
    condition     = nonsensitive(kestra_kv.this["orders.url"].value) == "https://example.com/?a=1#b: c"
    error_message = "A value must come letter by letter."
  }

  assert {
    condition     = output.kv == { "orders.url" = "{{ kv('orders.url') }}", size = "{{ kv('size') }}" }
    error_message = "The output holds references; got ${jsonencode(output.kv)}."
  }
}

run "refers_to_secrets" {
  command = plan

  variables {
    secrets = ["WAREHOUSE_PASSWORD"]
  }

  assert {
    condition     = output.secrets == { WAREHOUSE_PASSWORD = "{{ secret('WAREHOUSE_PASSWORD') }}" }
    error_message = "The output holds references; got ${jsonencode(output.secrets)}."
  }
}

run "describes_the_namespace" {
  command = plan

  variables {
    description = "What all teams share."
  }

  assert {
    condition     = kestra_namespace.this["company.shared"].description == "What all teams share."
    error_message = "The description belongs to the namespace."
  }
}

run "refuses_a_namespace_in_capitals" {
  command = plan

  variables {
    namespace = "Company"
  }

  expect_failures = [var.namespace]
}

run "refuses_a_flow_of_another_namespace" {
  command = plan

  variables {
    flows_path = "../../subflows"
    namespace  = "company.sales"
  }

  expect_failures = [kestra_flow.this]
}

run "refuses_a_folder_without_files" {
  command = plan

  variables {
    files_path = "../nowhere"
  }

  expect_failures = [var.files_path]
}

run "refuses_a_folder_without_flows" {
  command = plan

  variables {
    flows_path = "tests"
  }

  expect_failures = [var.flows_path]
}

run "refuses_a_key_with_a_slash" {
  command = plan

  variables {
    kv = { "a/b" = { value = "1" } }
  }

  expect_failures = [var.kv]
}

run "refuses_an_unknown_type_of_entry" {
  command = plan

  variables {
    kv = { a = { value = "1", type = "INT" } }
  }

  expect_failures = [var.kv]
}

run "refuses_a_lifetime_that_is_no_duration" {
  command = plan

  variables {
    kv = { a = { value = "1", ttl = "1 day" } }
  }

  expect_failures = [var.kv]
}

run "refuses_a_secret_that_is_no_name" {
  command = plan

  variables {
    secrets = ["p@ss word"]
  }

  expect_failures = [var.secrets]
}
