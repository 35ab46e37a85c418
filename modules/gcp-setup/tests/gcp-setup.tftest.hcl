# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id        = "setup"
  namespace = "company.taxi"
  gcp       = { project_id = "company-data" }
  buckets   = { "company.taxi" = {} }
  datasets  = { taxi = {} }
}

run "makes_what_is_missing" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id        = "setup"
      namespace = "company.taxi"
      tasks = [
        { id = "bucket_company_taxi", type = "io.kestra.plugin.gcp.gcs.CreateBucket", projectId = "company-data", name = "company.taxi", ifExists = "SKIP", storageClass = "STANDARD" },
        { id = "dataset_taxi", type = "io.kestra.plugin.gcp.bigquery.CreateDataset", projectId = "company-data", name = "taxi", ifExists = "SKIP" },
      ]
    }
    error_message = "Unset options must not reach the document: ${output.content}"
  }
}

run "writes_everything_that_was_set" {
  command = plan

  variables {
    alert       = { subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { message = { type = "STRING" }, webhook_secret = { type = "STRING" } } }, message = "No setup." }
    buckets     = { company-taxi = { labels = { owner = "taxi" }, storage_class = "ARCHIVE" } }
    datasets    = { taxi = { description = "Trips.", labels = { owner = "taxi" }, lifetime = "P7D" } }
    description = "What the flows need."
    disabled    = true
    gcp         = { project_id = "company-data", location = "EU", service_account_secret = "GCP_SERVICE_ACCOUNT", impersonate = "setup@company-data.iam.gserviceaccount.com" }
    labels      = { owner = "taxi" }
    retry       = { type = "constant" }
    triggers    = [jsonencode({ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@daily" })]
  }

  assert {
    condition = yamldecode(output.content) == {
      id          = "setup"
      namespace   = "company.taxi"
      description = "What the flows need."
      disabled    = true
      errors      = [{ id = "alert", type = "io.kestra.plugin.core.flow.Subflow", namespace = "company.shared", flowId = "slack-notify", inputs = { message = "No setup." } }]
      labels      = { owner = "taxi" }
      tasks = [
        {
          id                         = "bucket_company-taxi"
          type                       = "io.kestra.plugin.gcp.gcs.CreateBucket"
          projectId                  = "company-data"
          serviceAccount             = "{{ secret('GCP_SERVICE_ACCOUNT') }}"
          impersonatedServiceAccount = "setup@company-data.iam.gserviceaccount.com"
          name                       = "company-taxi"
          ifExists                   = "SKIP"
          labels                     = { owner = "taxi" }
          location                   = "EU"
          retry                      = { type = "constant", interval = "PT1M", maxAttempts = 4 }
          storageClass               = "ARCHIVE"
        },
        {
          id                         = "dataset_taxi"
          type                       = "io.kestra.plugin.gcp.bigquery.CreateDataset"
          projectId                  = "company-data"
          serviceAccount             = "{{ secret('GCP_SERVICE_ACCOUNT') }}"
          impersonatedServiceAccount = "setup@company-data.iam.gserviceaccount.com"
          name                       = "taxi"
          defaultTableLifetime       = "P7D"
          description                = "Trips."
          ifExists                   = "SKIP"
          labels                     = { owner = "taxi" }
          location                   = "EU"
          retry                      = { type = "constant", interval = "PT1M", maxAttempts = 4 }
        },
      ]
      triggers = [{ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@daily" }]
    }
    error_message = "Every option must reach the document under its name in Kestra: ${output.content}"
  }
}

run "refuses_a_bucket_in_capitals" {
  command = plan

  variables {
    buckets = { Taxi = {} }
  }

  expect_failures = [var.buckets]
}

run "refuses_an_unknown_storage_class" {
  command = plan

  variables {
    buckets = { taxi = { storage_class = "FAST" } }
  }

  expect_failures = [var.buckets]
}

run "refuses_nothing_to_set_up" {
  command = plan

  variables {
    buckets  = {}
    datasets = {}
  }

  expect_failures = [var.buckets]
}

run "refuses_a_dataset_with_a_dash" {
  command = plan

  variables {
    datasets = { "taxi-trips" = {} }
  }

  expect_failures = [var.datasets]
}

run "refuses_a_lifetime_that_is_no_duration" {
  command = plan

  variables {
    datasets = { taxi = { lifetime = "7 days" } }
  }

  expect_failures = [var.datasets]
}
