# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id         = "sync"
  namespace  = "company.system"
  repository = { url = "https://github.com/company/flows" }
  sync_flows = { namespace = "company.sales" }
}

run "reads_flows_from_a_public_repository" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id          = "sync"
      namespace   = "company.system"
      concurrency = { limit = 1 }
      tasks = [{
        id                     = "flows"
        type                   = "io.kestra.plugin.git.SyncFlows"
        url                    = "https://github.com/company/flows"
        branch                 = "main"
        delete                 = false
        gitDirectory           = "_flows"
        includeChildNamespaces = true
        targetNamespace        = "company.sales"
      }]
    }
    error_message = "Unset options must not reach the document: ${output.content}"
  }
}

run "writes_everything_that_was_set" {
  command = plan

  variables {
    alert        = { subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { message = { type = "STRING" } } }, message = "No sync." }
    description  = "Flows of the team."
    disabled     = true
    sync_files   = { namespace = "company.sales", directory = "files", delete = true }
    sync_flows   = { namespace = "company.sales", directory = "flows", delete = true, include_namespaces = false }
    kestra_login = { username = "sync@company.com", password_secret = "KESTRA_PASSWORD" }
    labels       = { owner = "sales" }
    repository   = { url = "https://github.com/company/flows", branch = "prod", username = "bot", password_secret = "GITHUB_TOKEN" }
    triggers     = [jsonencode({ id = "hourly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@hourly" })]
  }

  assert {
    condition = yamldecode(output.content) == {
      id          = "sync"
      namespace   = "company.system"
      concurrency = { limit = 1 }
      description = "Flows of the team."
      disabled    = true
      errors      = [{ id = "alert", type = "io.kestra.plugin.core.flow.Subflow", namespace = "company.shared", flowId = "slack-notify", inputs = { message = "No sync." } }]
      labels      = { owner = "sales" }
      tasks = [
        {
          id                     = "flows"
          type                   = "io.kestra.plugin.git.SyncFlows"
          auth                   = { username = "sync@company.com", password = "{{ secret('KESTRA_PASSWORD') }}" }
          url                    = "https://github.com/company/flows"
          branch                 = "prod"
          username               = "bot"
          password               = "{{ secret('GITHUB_TOKEN') }}"
          delete                 = true
          gitDirectory           = "flows"
          includeChildNamespaces = false
          targetNamespace        = "company.sales"
        },
        {
          id           = "files"
          type         = "io.kestra.plugin.git.SyncNamespaceFiles"
          auth         = { username = "sync@company.com", password = "{{ secret('KESTRA_PASSWORD') }}" }
          url          = "https://github.com/company/flows"
          branch       = "prod"
          username     = "bot"
          password     = "{{ secret('GITHUB_TOKEN') }}"
          delete       = true
          gitDirectory = "files"
          namespace    = "company.sales"
        },
      ]
      triggers = [{ id = "hourly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@hourly" }]
    }
    error_message = "Every option must reach the document under its name in Kestra: ${output.content}"
  }
}

run "reads_with_a_key" {
  command = plan

  variables {
    repository = { url = "git@github.com:company/flows.git", private_key_secret = "GITHUB_KEY" }
  }

  assert {
    condition     = yamldecode(output.content).tasks[0].privateKey == "{{ secret('GITHUB_KEY') }}"
    error_message = "The key must be a reference to a secret: ${output.content}"
  }
}

run "writes_commits" {
  command = plan

  variables {
    sync_files   = { namespace = "company.sales" }
    kestra_login = { token_secret = "KESTRA_TOKEN" }
    push         = { author_name = "Kestra", author_email = "kestra@company.com", message = "Nightly: #1" }
    repository   = { url = "https://github.com/company/flows", username = "git", password_secret = "GITHUB_TOKEN" }
  }

  assert {
    condition = yamldecode(output.content).tasks == [
      {
        id                     = "flows"
        type                   = "io.kestra.plugin.git.PushFlows"
        auth                   = { apiToken = "{{ secret('KESTRA_TOKEN') }}" }
        authorEmail            = "kestra@company.com"
        authorName             = "Kestra"
        commitMessage          = "Nightly: #1"
        url                    = "https://github.com/company/flows"
        branch                 = "main"
        username               = "git"
        password               = "{{ secret('GITHUB_TOKEN') }}"
        delete                 = false
        gitDirectory           = "_flows"
        includeChildNamespaces = true
        sourceNamespace        = "company.sales"
      },
      {
        id            = "files"
        type          = "io.kestra.plugin.git.PushNamespaceFiles"
        auth          = { apiToken = "{{ secret('KESTRA_TOKEN') }}" }
        authorEmail   = "kestra@company.com"
        authorName    = "Kestra"
        commitMessage = "Nightly: #1"
        url           = "https://github.com/company/flows"
        branch        = "main"
        username      = "git"
        password      = "{{ secret('GITHUB_TOKEN') }}"
        delete        = false
        gitDirectory  = "_files"
        namespace     = "company.sales"
      },
    ]
    error_message = "What is in Kestra goes to the repository: ${output.content}"
  }
}

run "refuses_flows_of_a_namespace_in_capitals" {
  command = plan

  variables {
    sync_flows = { namespace = "Company" }
  }

  expect_failures = [var.sync_flows]
}

run "refuses_flows_outside_of_the_repository" {
  command = plan

  variables {
    sync_flows = { namespace = "company", directory = "../flows" }
  }

  expect_failures = [var.sync_flows]
}

run "refuses_files_outside_of_the_repository" {
  command = plan

  variables {
    sync_files = { namespace = "company", directory = "/files" }
  }

  expect_failures = [var.sync_files]
}

run "refuses_nothing_to_sync" {
  command = plan

  variables {
    sync_flows = null
  }

  expect_failures = [var.sync_flows]
}

run "refuses_files_of_a_namespace_in_capitals" {
  command = plan

  variables {
    sync_files = { namespace = "Company" }
  }

  expect_failures = [var.sync_files]
}

run "refuses_half_a_login" {
  command = plan

  variables {
    kestra_login = { username = "sync" }
  }

  expect_failures = [var.kestra_login]
}

run "refuses_a_password_in_place_of_the_name_of_a_secret" {
  command = plan

  variables {
    kestra_login = { username = "sync", password_secret = "p@ss word" }
  }

  expect_failures = [var.kestra_login]
}

run "refuses_an_author_without_an_address" {
  command = plan

  variables {
    push       = { author_name = "Kestra", author_email = "Kestra" }
    repository = { url = "https://github.com/company/flows", username = "git", password_secret = "GITHUB_TOKEN" }
  }

  expect_failures = [var.push]
}

run "refuses_commits_without_a_login" {
  command = plan

  variables {
    push = { author_name = "Kestra", author_email = "kestra@company.com" }
  }

  expect_failures = [var.push]
}
