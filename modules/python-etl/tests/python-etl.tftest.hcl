# No server: these runs plan only, and look at the document that would be deployed.
mock_provider "kestra" {}

variables {
  id        = "orders"
  namespace = "company.sales"
  steps     = [{ id = "extract", script = "print('one')" }]
}

run "writes_only_what_was_set" {
  command = plan

  assert {
    condition = yamldecode(output.content) == {
      id        = "orders"
      namespace = "company.sales"
      tasks     = [{ id = "extract", type = "io.kestra.plugin.scripts.python.Script", script = "print('one')" }]
    }
    error_message = "Unset options must not reach the document: ${output.content}"
  }
}

run "hands_files_from_step_to_step" {
  command = plan

  variables {
    alert       = { subflow = { namespace = "company.shared", flow_id = "slack-notify", inputs = { message = { type = "STRING" }, webhook_secret = { type = "STRING" } } }, message = "No orders." }
    description = "Orders of the day."
    disabled    = true
    labels      = { owner = "sales" }
    python      = { container_image = "python:3.13", env = { DAY = "{{ trigger.date }}" }, secrets = { TOKEN = "SHOP_TOKEN" }, version = "3.13" }
    retry       = { type = "constant" }
    steps = [
      { id = "extract", script = "a", files = ["orders.csv", "shops.csv"], dependencies = ["duckdb==1.3.2"], timeout = "PT5M" },
      { id = "transform", script = "b", files = ["clean/orders.csv"], inputs = { "rules.json" = "{{ read('rules.json') }}" } },
      { id = "load", script = "c" },
    ]
    tasks    = [jsonencode({ id = "tell", type = "io.kestra.plugin.core.log.Log", message = "Done" })]
    triggers = [jsonencode({ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@daily" })]
  }

  assert {
    condition = yamldecode(output.content) == {
      id          = "orders"
      namespace   = "company.sales"
      description = "Orders of the day."
      disabled    = true
      errors      = [{ id = "alert", type = "io.kestra.plugin.core.flow.Subflow", namespace = "company.shared", flowId = "slack-notify", inputs = { message = "No orders." } }]
      labels      = { owner = "sales" }
      tasks = [
        {
          id             = "extract"
          type           = "io.kestra.plugin.scripts.python.Script"
          containerImage = "python:3.13"
          dependencies   = ["duckdb==1.3.2"]
          env            = { DAY = "{{ trigger.date }}", TOKEN = "{{ secret('SHOP_TOKEN') }}" }
          outputFiles    = ["orders.csv", "shops.csv"]
          pythonVersion  = "3.13"
          retry          = { type = "constant", interval = "PT1M", maxAttempts = 4 }
          script         = "a"
          timeout        = "PT5M"
        },
        {
          id             = "transform"
          type           = "io.kestra.plugin.scripts.python.Script"
          containerImage = "python:3.13"
          env            = { DAY = "{{ trigger.date }}", TOKEN = "{{ secret('SHOP_TOKEN') }}" }
          inputFiles = {
            "orders.csv" = "{{ outputs.extract.outputFiles['orders.csv'] }}"
            "rules.json" = "{{ read('rules.json') }}"
            "shops.csv"  = "{{ outputs.extract.outputFiles['shops.csv'] }}"
          }
          outputFiles   = ["clean/orders.csv"]
          pythonVersion = "3.13"
          retry         = { type = "constant", interval = "PT1M", maxAttempts = 4 }
          script        = "b"
        },
        {
          id             = "load"
          type           = "io.kestra.plugin.scripts.python.Script"
          containerImage = "python:3.13"
          env            = { DAY = "{{ trigger.date }}", TOKEN = "{{ secret('SHOP_TOKEN') }}" }
          inputFiles = {
            "clean/orders.csv" = "{{ outputs.transform.outputFiles['clean/orders.csv'] }}"
            "orders.csv"       = "{{ outputs.extract.outputFiles['orders.csv'] }}"
            "shops.csv"        = "{{ outputs.extract.outputFiles['shops.csv'] }}"
          }
          pythonVersion = "3.13"
          retry         = { type = "constant", interval = "PT1M", maxAttempts = 4 }
          script        = "c"
        },
        { id = "tell", type = "io.kestra.plugin.core.log.Log", message = "Done" },
      ]
      triggers = [{ id = "nightly", type = "io.kestra.plugin.core.trigger.Schedule", cron = "@daily" }]
    }
    error_message = "A step must find the files of those before it: ${output.content}"
  }
}

run "carries_any_script_unharmed" {
  command = plan

  variables {
    python = { literal = false }
    steps  = [{ id = "extract", script = "SELECT 'a: b', \"c\" # one\n  FROM t -- it's $${x} %%{y}\n WHERE a = {{ flow.id }}\n\t'\\d+' = '漢 🙂'\n" }]
  }

  assert {
    condition     = yamldecode(output.content).tasks[0].script == var.steps[0].script
    error_message = "The script must come back letter by letter: ${output.content}"
  }
}

run "keeps_the_braces_of_python" {
  command = plan

  variables {
    steps = [{ id = "extract", script = "print(f'{{x}} {% y %}')" }]
  }

  assert {
    condition     = yamldecode(output.content).tasks[0].script == "print(f'{{ '{{' }}x}} {{ '{%' }} y %}')"
    error_message = "Kestra must not render the script: ${output.content}"
  }
}

run "starts_processes_of_the_server_when_told_so" {
  command = plan

  variables {
    python = { runner = "process" }
  }

  assert {
    condition     = yamldecode(output.content).tasks[0].taskRunner == { type = "io.kestra.plugin.core.runner.Process" }
    error_message = "The script must run in a process: ${output.content}"
  }
}

run "refuses_no_steps" {
  command = plan

  variables {
    steps = []
  }

  expect_failures = [var.steps]
}

run "refuses_a_step_with_a_dash" {
  command = plan

  variables {
    steps = [{ id = "extract-orders", script = "a" }]
  }

  expect_failures = [var.steps]
}

run "refuses_a_step_without_a_script" {
  command = plan

  variables {
    steps = [{ id = "extract", script = " " }]
  }

  expect_failures = [var.steps]
}

run "refuses_a_package_that_is_an_option" {
  command = plan

  variables {
    steps = [{ id = "extract", script = "a", dependencies = ["--index-url=https://example.com"] }]
  }

  expect_failures = [var.steps]
}

run "refuses_a_file_outside_the_folder" {
  command = plan

  variables {
    steps = [{ id = "extract", script = "a", files = ["../orders.csv"] }]
  }

  expect_failures = [var.steps]
}

run "refuses_a_file_of_two_steps" {
  command = plan

  variables {
    steps = [{ id = "extract", script = "a", files = ["a.csv"] }, { id = "load", script = "b", files = ["a.csv"] }]
  }

  expect_failures = [var.steps]
}

run "refuses_a_timeout_that_is_no_duration" {
  command = plan

  variables {
    steps = [{ id = "extract", script = "a", timeout = "5m" }]
  }

  expect_failures = [var.steps]
}

run "refuses_a_secret_that_is_no_name" {
  command = plan

  variables {
    python = { secrets = { TOKEN = "p@ss word" } }
  }

  expect_failures = [var.python]
}

run "refuses_a_variable_that_is_both_secret_and_not" {
  command = plan

  variables {
    python = { env = { TOKEN = "a" }, secrets = { TOKEN = "SHOP_TOKEN" } }
  }

  expect_failures = [var.python]
}

run "refuses_an_unknown_runner" {
  command = plan

  variables {
    python = { runner = "kubernetes" }
  }

  expect_failures = [var.python]
}

run "refuses_an_image_for_a_process" {
  command = plan

  variables {
    python = { runner = "process", container_image = "python:3.13" }
  }

  expect_failures = [var.python]
}

run "refuses_a_version_that_is_none" {
  command = plan

  variables {
    python = { version = "latest" }
  }

  expect_failures = [var.python]
}
