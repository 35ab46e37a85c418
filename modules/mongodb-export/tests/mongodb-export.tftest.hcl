# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id        = "export-orders"
  namespace = "company.sales"
  mongodb   = { database = "shop", collection = "orders" }
  to        = "s3://company-export/orders/{{ execution.id }}.jsonl"
}

run "exports_to_s3" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id        = "export-orders"
      namespace = "company.sales"
      tasks = [
        {
          id         = "find"
          type       = "io.kestra.plugin.mongodb.Find"
          connection = { uri = "{{ secret('MONGODB_URI') }}" }
          database   = "shop"
          collection = "orders"
          store      = true
        },
        { id = "json", type = "io.kestra.plugin.serdes.json.IonToJson", from = "{{ outputs.find.uri }}" },
        {
          id          = "upload"
          type        = "io.kestra.plugin.aws.s3.Upload"
          bucket      = "company-export"
          contentType = "application/x-ndjson"
          from        = "{{ outputs.json.uri }}"
          key         = "orders/{{ execution.id }}.jsonl"
        },
      ]
    }
    error_message = "Unset options must not reach the document: ${output.content}"
  }
}

run "exports_to_cloud_storage" {
  command = plan

  variables {
    alert       = { subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { message = { type = "STRING" }, webhook_secret = { type = "STRING" } } }, message = "No export." }
    description = "Orders of the day."
    disabled    = true
    gcp         = { project_id = "company-data", service_account_secret = "GCP_SERVICE_ACCOUNT", impersonate = "loader@company-data.iam.gserviceaccount.com" }
    labels      = { owner = "sales" }
    mongodb = {
      uri_secret = "SHOP_URI"
      database   = "shop"
      collection = "orders"
      filter     = jsonencode({ note = { "$ne" = "it's # a: \"{{ flow.id }}\"\n%%{x} $${y}" } })
      limit      = 100
      projection = jsonencode({ day = 1 })
      sort       = jsonencode({ day = -1 })
    }
    retry    = { type = "constant" }
    to       = "gs://company-raw/orders.jsonl"
    triggers = [jsonencode({ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@daily" })]
  }

  assert {
    condition = yamldecode(output.content) == {
      id          = "export-orders"
      namespace   = "company.sales"
      description = "Orders of the day."
      disabled    = true
      errors      = [{ id = "alert", type = "io.kestra.plugin.core.flow.Subflow", namespace = "company.shared", flowId = "slack-notify", inputs = { message = "No export." } }]
      labels      = { owner = "sales" }
      tasks = [
        {
          id         = "find"
          type       = "io.kestra.plugin.mongodb.Find"
          connection = { uri = "{{ secret('SHOP_URI') }}" }
          database   = "shop"
          collection = "orders"
          filter     = var.mongodb.filter
          limit      = 100
          projection = "{\"day\":1}"
          retry      = { type = "constant", interval = "PT1M", maxAttempts = 4 }
          sort       = "{\"day\":-1}"
          store      = true
        },
        {
          id    = "json"
          type  = "io.kestra.plugin.serdes.json.IonToJson"
          from  = "{{ outputs.find.uri }}"
          retry = { type = "constant", interval = "PT1M", maxAttempts = 4 }
        },
        {
          id                         = "upload"
          type                       = "io.kestra.plugin.gcp.gcs.Upload"
          projectId                  = "company-data"
          serviceAccount             = "{{ secret('GCP_SERVICE_ACCOUNT') }}"
          impersonatedServiceAccount = "loader@company-data.iam.gserviceaccount.com"
          contentType                = "application/x-ndjson"
          from                       = "{{ outputs.json.uri }}"
          retry                      = { type = "constant", interval = "PT1M", maxAttempts = 4 }
          to                         = "gs://company-raw/orders.jsonl"
        },
      ]
      triggers = [{ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@daily" }]
    }
    error_message = "Every option must reach the document under its name in Kestra: ${output.content}"
  }
}

run "logs_in_to_s3" {
  command = plan

  variables {
    aws = { access_key_secret = "AWS_KEY", endpoint = "https://s3.example.com", region = "eu-central-1", role_arn = "arn:aws:iam::1:role/loader", secret_key_secret = "AWS_SECRET" }
  }

  assert {
    condition = yamldecode(output.content).tasks[2] == {
      id               = "upload"
      type             = "io.kestra.plugin.aws.s3.Upload"
      accessKeyId      = "{{ secret('AWS_KEY') }}"
      bucket           = "company-export"
      contentType      = "application/x-ndjson"
      endpointOverride = "https://s3.example.com"
      from             = "{{ outputs.json.uri }}"
      key              = "orders/{{ execution.id }}.jsonl"
      region           = "eu-central-1"
      secretKeyId      = "{{ secret('AWS_SECRET') }}"
      stsRoleArn       = "arn:aws:iam::1:role/loader"
    }
    error_message = "The login must be references to secrets: ${output.content}"
  }
}

run "refuses_a_connection_string_in_place_of_the_name_of_a_secret" {
  command = plan

  variables {
    mongodb = { uri_secret = "mongodb://root:example@localhost", database = "shop", collection = "orders" }
  }

  expect_failures = [var.mongodb]
}

run "refuses_an_empty_collection" {
  command = plan

  variables {
    mongodb = { database = "shop", collection = "" }
  }

  expect_failures = [var.mongodb]
}

run "refuses_a_filter_that_is_no_object" {
  command = plan

  variables {
    mongodb = { database = "shop", collection = "orders", filter = "day: today" }
  }

  expect_failures = [var.mongodb]
}

run "refuses_a_limit_of_zero" {
  command = plan

  variables {
    mongodb = { database = "shop", collection = "orders", limit = 0 }
  }

  expect_failures = [var.mongodb]
}

run "refuses_an_address_without_a_file" {
  command = plan

  variables {
    to = "s3://company-export/"
  }

  expect_failures = [var.to]
}

run "refuses_cloud_storage_without_a_project" {
  command = plan

  variables {
    to = "gs://company-raw/orders.jsonl"
  }

  expect_failures = [var.to]
}
