# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id        = "archive"
  namespace = "company.sales"
  copies    = [{ id = "orders", from = { bucket = "company-export", key = "orders.csv" }, to = { bucket = "company-archive" } }]
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id        = "archive"
      namespace = "company.sales"
      tasks = [{
        id   = "orders"
        type = "io.kestra.plugin.aws.s3.Copy"
        from = { bucket = "company-export", key = "orders.csv" }
        to   = { bucket = "company-archive", key = "orders.csv" }
      }]
    }
    error_message = "Unset options must not reach the document: ${output.content}"
  }
}

run "copies_side_by_side" {
  command = plan

  variables {
    alert = { subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { message = { type = "STRING" }, webhook_secret = { type = "STRING" } } }, message = "No copy." }
    aws   = { access_key_secret = "AWS_KEY", endpoint = "https://s3.example.com", region = "eu-central-1", role_arn = "arn:aws:iam::1:role/loader", secret_key_secret = "AWS_SECRET" }
    copies = [
      { id = "orders", from = { bucket = "company-export", key = "orders.csv" }, to = { key = "old/orders.csv" }, delete_source = true },
      { id = "shops", from = { bucket = "{{ kv('bucket') }}", key = "shops.csv" }, to = { bucket = "company-archive", key = "it's # a: key" } },
    ]
    description = "Exports."
    disabled    = true
    labels      = { owner = "sales" }
    retry       = { type = "constant" }
    tasks       = [jsonencode({ id = "tell", type = "io.kestra.plugin.core.log.Log", message = "Done" })]
    triggers    = [jsonencode({ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@daily" })]
  }

  assert {
    condition = yamldecode(output.content) == {
      id          = "archive"
      namespace   = "company.sales"
      description = "Exports."
      disabled    = true
      errors      = [{ id = "alert", type = "io.kestra.plugin.core.flow.Subflow", namespace = "company.shared", flowId = "slack-notify", inputs = { message = "No copy." } }]
      labels      = { owner = "sales" }
      tasks = [
        {
          id   = "copies"
          type = "io.kestra.plugin.core.flow.Parallel"
          tasks = [
            {
              id               = "orders"
              type             = "io.kestra.plugin.aws.s3.Copy"
              accessKeyId      = "{{ secret('AWS_KEY') }}"
              endpointOverride = "https://s3.example.com"
              region           = "eu-central-1"
              secretKeyId      = "{{ secret('AWS_SECRET') }}"
              stsRoleArn       = "arn:aws:iam::1:role/loader"
              from             = { bucket = "company-export", key = "orders.csv" }
              to               = { bucket = "company-export", key = "old/orders.csv" }
              delete           = true
              retry            = { type = "constant", interval = "PT1M", maxAttempts = 4 }
            },
            {
              id               = "shops"
              type             = "io.kestra.plugin.aws.s3.Copy"
              accessKeyId      = "{{ secret('AWS_KEY') }}"
              endpointOverride = "https://s3.example.com"
              region           = "eu-central-1"
              secretKeyId      = "{{ secret('AWS_SECRET') }}"
              stsRoleArn       = "arn:aws:iam::1:role/loader"
              from             = { bucket = "{{ kv('bucket') }}", key = "shops.csv" }
              to               = { bucket = "company-archive", key = "it's # a: key" }
              retry            = { type = "constant", interval = "PT1M", maxAttempts = 4 }
            },
          ]
        },
        { id = "tell", type = "io.kestra.plugin.core.log.Log", message = "Done" },
      ]
      triggers = [{ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@daily" }]
    }
    error_message = "Every option must reach the document under its name in Kestra: ${output.content}"
  }
}

run "refuses_no_copies" {
  command = plan

  variables {
    copies = []
  }

  expect_failures = [var.copies]
}

run "refuses_two_copies_of_one_id" {
  command = plan

  variables {
    copies = [
      { id = "a", from = { bucket = "abc", key = "b" }, to = { key = "c" } },
      { id = "a", from = { bucket = "abc", key = "b" }, to = { key = "d" } },
    ]
  }

  expect_failures = [var.copies]
}

run "refuses_a_bucket_with_a_slash" {
  command = plan

  variables {
    copies = [{ id = "a", from = { bucket = "s3://company", key = "b" }, to = { key = "c" } }]
  }

  expect_failures = [var.copies]
}

run "refuses_a_key_with_a_slash_before_it" {
  command = plan

  variables {
    copies = [{ id = "a", from = { bucket = "company", key = "/b" }, to = { key = "c" } }]
  }

  expect_failures = [var.copies]
}

run "refuses_a_copy_to_itself" {
  command = plan

  variables {
    copies = [{ id = "a", from = { bucket = "company", key = "b" }, to = {} }]
  }

  expect_failures = [var.copies]
}
