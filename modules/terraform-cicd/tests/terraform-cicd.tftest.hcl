# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id         = "deploy"
  namespace  = "company.platform"
  repository = { url = "https://git.example.com/company/kestra.git" }
}

run "plans_waits_for_approval_and_applies_that_plan" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id          = "deploy"
      namespace   = "company.platform"
      concurrency = { limit = 1, behavior = "QUEUE" }
      inputs      = [{ id = "plan_only", type = "BOOL", defaults = false, description = "Whether to plan only, and to warn of what would change." }]
      tasks = [
        {
          id   = "plan"
          type = "io.kestra.plugin.core.flow.WorkingDirectory"
          tasks = [
            { id = "clone", type = "io.kestra.plugin.git.Clone", url = "https://git.example.com/company/kestra.git", branch = "main" },
            {
              id             = "terraform_plan"
              type           = "io.kestra.plugin.terraform.cli.TerraformCLI"
              beforeCommands = ["terraform -chdir=. init -input=false -no-color"]
              commands = [
                "status=0",
                "terraform -chdir=. plan -input=false -no-color -lock-timeout=5m -detailed-exitcode -out=\"$PWD/plan.tfplan\" || status=$?",
                "[ \"$status\" -eq 0 ] || [ \"$status\" -eq 2 ] || exit \"$status\"",
                "terraform -chdir=. show -no-color \"$PWD/plan.tfplan\" > plan.txt",
                "summary=$(grep -E '^(Plan:|Changes to Outputs:|No changes)' plan.txt | head -n 1 | tr -d '\"\\\\')",
                "archive=$(mktemp)",
                "tar -czf \"$archive\" --exclude=.git --exclude=.terraform .",
                "mv \"$archive\" planned.tar.gz",
                "changed=true; [ \"$status\" -eq 2 ] || changed=false",
                "printf '::{\"outputs\":{\"changed\":%s,\"summary\":\"%s\"}}::\\n' \"$changed\" \"$summary\"",
              ]
              containerImage = "hashicorp/terraform:1.14.0"
              env            = { KESTRA_URL = "http://kestra.kestra.svc.cluster.local:8080", TF_IN_AUTOMATION = "true" }
              outputFiles    = ["plan.txt", "planned.tar.gz"]
            },
          ]
        },
        {
          id        = "when_it_changes_something"
          type      = "io.kestra.plugin.core.flow.If"
          condition = "{{ outputs.terraform_plan.vars.changed }}"
          then = [{
            id        = "when_only_planned"
            type      = "io.kestra.plugin.core.flow.If"
            condition = "{{ inputs.plan_only }}"
            then      = [{ id = "warn", type = "io.kestra.plugin.core.execution.Exit", state = "WARNING" }]
            else = [
              {
                id            = "approval"
                type          = "io.kestra.plugin.core.flow.Pause"
                behavior      = "CANCEL"
                description   = "Resume to apply the plan that `terraform_plan` shows in its logs; kill the execution to leave everything as it is."
                pauseDuration = "P1D"
              },
              {
                id             = "terraform_apply"
                type           = "io.kestra.plugin.terraform.cli.TerraformCLI"
                beforeCommands = ["tar -xzf planned.tar.gz", "terraform -chdir=. init -input=false -no-color -lockfile=readonly"]
                commands       = ["terraform -chdir=. apply -input=false -no-color -lock-timeout=5m \"$PWD/plan.tfplan\""]
                containerImage = "hashicorp/terraform:1.14.0"
                env            = { KESTRA_URL = "http://kestra.kestra.svc.cluster.local:8080", TF_IN_AUTOMATION = "true" }
                inputFiles     = { "planned.tar.gz" = "{{ outputs.terraform_plan.outputFiles['planned.tar.gz'] }}" }
              },
            ]
          }]
        },
      ]
    }
    error_message = "Unset options must not reach the document: ${output.content}"
  }
}

run "names_secrets_and_gives_settings" {
  command = plan

  variables {
    repository = { url = "https://git.example.com/company/kestra.git", branch = "live", username = "git", password_secret = "GIT_TOKEN" }
    terraform = {
      backend   = { type = "s3", settings = { bucket = "states", key = "kestra #1: \"live\"" } }
      command   = "tofu"
      directory = "deploy/live"
      env       = { TF_VAR_region = "{{ kv('region') }}" }
      runner    = "process"
      secrets   = { AWS_SECRET_ACCESS_KEY = "AWS_KEY", KESTRA_PASSWORD = "KESTRA_PASSWORD" }
      timeout   = "PT1H"
    }
  }

  assert {
    condition = yamldecode(output.content).tasks[0].tasks[0] == {
      id = "clone", type = "io.kestra.plugin.git.Clone", url = "https://git.example.com/company/kestra.git", branch = "live", username = "git", password = "{{ secret('GIT_TOKEN') }}"
    }
    error_message = "The clone must use the secret: ${output.content}"
  }
  assert {
    condition = {
      for property, value in yamldecode(output.content).tasks[0].tasks[1] : property => value if contains(["env", "taskRunner", "containerImage", "timeout", "beforeCommands"], property)
      } == {
      beforeCommands = ["tofu -chdir=deploy/live init -input=false -no-color"]
      env = {
        AWS_SECRET_ACCESS_KEY = "{{ secret('AWS_KEY') }}"
        KESTRA_PASSWORD       = "{{ secret('KESTRA_PASSWORD') }}"
        KESTRA_URL            = "http://kestra.kestra.svc.cluster.local:8080"
        TF_IN_AUTOMATION      = "true"
        TF_VAR_region         = "{{ kv('region') }}"
      }
      taskRunner = { type = "io.kestra.plugin.core.runner.Process" }
      timeout    = "PT1H"
    }
    error_message = "Terraform must run with what was set: ${output.content}"
  }
  assert {
    condition     = jsondecode(yamldecode(output.content).tasks[0].tasks[1].inputFiles["deploy/live/backend_override.tf.json"]) == { terraform = { backend = { s3 = { bucket = "states", key = "kestra #1: \"live\"" } } } }
    error_message = "The backend must be set by a file: ${output.content}"
  }
}

# Terraform reads the file of the backend as a template.
run "doubles_dollars_of_the_backend" {
  command = plan

  variables {
    terraform = { backend = { type = "local", settings = { path = "$${x} %%{y} $1" } } }
  }

  assert {
    condition     = jsondecode(yamldecode(output.content).tasks[0].tasks[1].inputFiles["backend_override.tf.json"]).terraform.backend.local.path == format("$%s %%%s $1", "$${x}", "%%{y}")
    error_message = "A dollar before a brace must be doubled: ${output.content}"
  }
}

run "clones_with_a_key" {
  command = plan

  variables {
    repository = { url = "git@git.example.com:company/kestra.git", private_key_secret = "GIT_KEY" }
  }

  assert {
    condition     = yamldecode(output.content).tasks[0].tasks[0].privateKey == "{{ secret('GIT_KEY') }}"
    error_message = "The clone must use the key: ${output.content}"
  }
}

run "applies_at_once_without_an_approval" {
  command = plan

  variables {
    approval = null
  }

  assert {
    condition     = yamldecode(output.content).tasks[1].then[0].else[*].id == ["terraform_apply"]
    error_message = "Nothing must wait: ${output.content}"
  }
}

run "tells_people_what_waits_what_differs_and_what_failed" {
  command = plan

  variables {
    alert = {
      subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { message = { type = "STRING" }, channel = { type = "STRING" } } }
      inputs  = { channel = "#platform" }
      message = "No deployment: \"{{ execution.id }}\" # failed"
    }
  }

  assert {
    condition = yamldecode(output.content).errors == [{
      id     = "alert", type = "io.kestra.plugin.core.flow.Subflow", namespace = "company.shared", flowId = "slack-notify",
      inputs = { channel = "#platform", message = "No deployment: \"{{ execution.id }}\" # failed" }
    }]
    error_message = "A failure must be told: ${output.content}"
  }
  assert {
    condition     = [for task in yamldecode(output.content).tasks[1].then[0].then : try(task.inputs.message, task.state)] == ["{{ flow.namespace }}.{{ flow.id }} would change something. {{ outputs.terraform_plan.vars.summary }}", "WARNING"]
    error_message = "A difference must be told: ${output.content}"
  }
  assert {
    condition     = yamldecode(output.content).tasks[1].then[0].else[*].id == ["tell_waiting", "approval", "terraform_apply"]
    error_message = "A plan that waits must be told: ${output.content}"
  }
}

run "looks_for_drift_beside_other_triggers" {
  command = plan

  variables {
    drift    = { cron = "0 6 * * *", timezone = "Europe/Berlin" }
    triggers = [jsonencode({ id = "push", type = "io.kestra.plugin.core.trigger.Webhook", key = "{{ secret('WEBHOOK_KEY') }}" })]
  }

  assert {
    condition = yamldecode(output.content).triggers == [
      { id = "push", type = "io.kestra.plugin.core.trigger.Webhook", key = "{{ secret('WEBHOOK_KEY') }}" },
      { id = "drift", type = "io.kestra.plugin.core.trigger.Schedule", cron = "0 6 * * *", timezone = "Europe/Berlin", inputs = { plan_only = "true" } },
    ]
    error_message = "The schedule must plan only: ${output.content}"
  }
}

run "refuses_an_approval_of_a_day_in_words" {
  command = plan

  variables {
    approval = { timeout = "1 day" }
  }

  expect_failures = [var.approval]
}

run "refuses_an_address_of_kestra_without_a_scheme" {
  command = plan

  variables {
    kestra_url = "kestra:8080"
  }

  expect_failures = [var.kestra_url]
}

run "refuses_another_command" {
  command = plan

  variables {
    terraform = { command = "terragrunt" }
  }

  expect_failures = [var.terraform]
}

run "refuses_a_folder_outside_of_the_repository" {
  command = plan

  variables {
    terraform = { directory = "../live" }
  }

  expect_failures = [var.terraform]
}

run "refuses_a_variable_with_two_values" {
  command = plan

  variables {
    terraform = { env = { TOKEN = "a" }, secrets = { TOKEN = "A" } }
  }

  expect_failures = [var.terraform]
}

run "refuses_an_unknown_runner" {
  command = plan

  variables {
    terraform = { runner = "kubernetes" }
  }

  expect_failures = [var.terraform]
}

run "refuses_a_secret_in_place_of_its_name" {
  command = plan

  variables {
    terraform = { secrets = { TOKEN = "hunter 2" } }
  }

  expect_failures = [var.terraform]
}

run "refuses_a_timeout_in_minutes" {
  command = plan

  variables {
    terraform = { timeout = "10m" }
  }

  expect_failures = [var.terraform]
}

run "refuses_a_backend_with_a_dash" {
  command = plan

  variables {
    terraform = { backend = { type = "my-bucket" } }
  }

  expect_failures = [var.terraform]
}
