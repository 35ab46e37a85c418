locals {
  # A step of the shell begins with this: the configuration may lie in a folder of the repository.
  _terraform = "${var.terraform.command} -chdir=${var.terraform.directory}"

  # An override file gives the configuration another backend than it has itself. Terraform reads it as a template, too: a
  # dollar or percent sign before a brace stands there twice.
  _backend = var.terraform.backend == null ? null : {
    (trimprefix("${var.terraform.directory}/backend_override.tf.json", "./")) = jsonencode({
      terraform = {
        backend = {
          (var.terraform.backend.type) = {
            for setting, value in var.terraform.backend.settings : setting => replace(value, "/([$%])[{]/", "$1$1{")
          }
        }
      }
    })
  }

  _commands = {
    init  = "${local._terraform} init -input=false -no-color"
    plan  = "${local._terraform} plan -input=false -no-color -lock-timeout=5m -detailed-exitcode -out=\"$PWD/plan.tfplan\" || status=$?"
    show  = "${local._terraform} show -no-color \"$PWD/plan.tfplan\" > plan.txt"
    apply = "${local._terraform} apply -input=false -no-color -lock-timeout=5m \"$PWD/plan.tfplan\""
  }

  # What both Terraform tasks have.
  _task = {
    containerImage = var.terraform.runner == "docker" ? var.terraform.container_image : null
    env = merge(
      { KESTRA_URL = var.kestra_url, TF_IN_AUTOMATION = "true" },
      var.terraform.env,
      { for variable, name in var.terraform.secrets : variable => provider::kestra::secret_ref(name) },
    )
    taskRunner = var.terraform.runner == "process" ? { type = "io.kestra.plugin.core.runner.Process" } : null
    timeout    = var.terraform.timeout
  }

  _clone = provider::kestra::task("clone", "io.kestra.plugin.git.Clone", module.repository.properties)

  # Terraform says by its exit code whether there is anything to do: 0 is no, 2 is yes, and anything else is a failure.
  _plan = provider::kestra::task("terraform_plan", "io.kestra.plugin.terraform.cli.TerraformCLI", merge(local._task, {
    beforeCommands = [local._commands.init]
    commands = [
      "status=0",
      local._commands.plan,
      "[ \"$status\" -eq 0 ] || [ \"$status\" -eq 2 ] || exit \"$status\"",
      local._commands.show,
      "summary=$(grep -E '^(Plan:|Changes to Outputs:|No changes)' plan.txt | head -n 1 | tr -d '\"\\\\')",
      # Packed beside the folder, which must not change meanwhile.
      "archive=$(mktemp)",
      "tar -czf \"$archive\" --exclude=.git --exclude=.terraform .",
      "mv \"$archive\" planned.tar.gz",
      "changed=true; [ \"$status\" -eq 2 ] || changed=false",
      "printf '::{\"outputs\":{\"changed\":%s,\"summary\":\"%s\"}}::\\n' \"$changed\" \"$summary\"",
    ]
    inputFiles  = local._backend
    outputFiles = ["plan.txt", "planned.tar.gz"]
  }))

  # Another worker may do this, days later: it gets the files that were planned with, and the plan that was approved.
  _apply = provider::kestra::task("terraform_apply", "io.kestra.plugin.terraform.cli.TerraformCLI", merge(local._task, {
    beforeCommands = ["tar -xzf planned.tar.gz", "${local._commands.init} -lockfile=readonly"]
    commands       = [local._commands.apply]
    inputFiles     = { "planned.tar.gz" = local._planned }
  }))

  _planned = provider::kestra::expr("outputs.terraform_plan.outputFiles['planned.tar.gz']")
  _summary = provider::kestra::expr("outputs.terraform_plan.vars.summary")
  _name    = "${provider::kestra::expr("flow.namespace")}.${provider::kestra::expr("flow.id")}"

  # What people are told beside the alert of the flow, by the id of the task that tells it.
  _messages = {
    tell_difference = "${local._name} would change something. ${local._summary}"
    tell_waiting    = "${local._name} waits in execution ${provider::kestra::expr("execution.id")} for somebody to approve its plan. ${local._summary}"
  }
  _alerts = {
    for id, message in local._messages : id => [
      for alert in [var.alert] :
      provider::kestra::subflow_task(
        id,
        { namespace = alert.subflow.namespace, flow_id = alert.subflow.flow_id },
        merge(alert.inputs, { message = message }),
        {},
      ) if alert != null
    ]
  }

  _approval = [
    for approval in [var.approval] : provider::kestra::task("approval", "io.kestra.plugin.core.flow.Pause", {
      description   = "Resume to apply the plan that `terraform_plan` shows in its logs; kill the execution to leave everything as it is."
      pauseDuration = approval.timeout
      behavior      = "CANCEL"
    }) if approval != null
  ]

  _warn = provider::kestra::task("warn", "io.kestra.plugin.core.execution.Exit", { state = "WARNING" })

  _changed = provider::kestra::task("when_it_changes_something", "io.kestra.plugin.core.flow.If", {
    condition = provider::kestra::expr("outputs.terraform_plan.vars.changed")
    then = [
      provider::kestra::task("when_only_planned", "io.kestra.plugin.core.flow.If", {
        condition = provider::kestra::expr("inputs.plan_only")
        then      = concat(local._alerts.tell_difference, [local._warn])
        else      = concat(var.approval == null ? [] : local._alerts.tell_waiting, local._approval, [local._apply])
      }),
    ]
  })
}

module "repository" {
  source = "../connection-git"

  repository = var.repository
}

module "drift" {
  source   = "../trigger-schedule"
  for_each = { for id, drift in { drift = var.drift } : id => drift if drift != null }

  id       = each.key
  cron     = each.value.cron
  timezone = each.value.timezone
  inputs   = { plan_only = "true" }
}

module "flow" {
  source = "../flow"

  id          = var.id
  namespace   = var.namespace
  alert       = var.alert
  description = var.description
  disabled    = var.disabled
  labels      = var.labels
  triggers    = concat(var.triggers, values(module.drift)[*].trigger)

  # One at a time: a plan that somebody approves is the plan of what is there.
  concurrency = { limit = 1, behavior = "QUEUE" }
  inputs = [
    { id = "plan_only", type = "BOOL", defaults = "false", description = "Whether to plan only, and to warn of what would change." },
  ]
  tasks = [
    provider::kestra::task("plan", "io.kestra.plugin.core.flow.WorkingDirectory", { tasks = [local._clone, local._plan] }),
    local._changed,
  ]
}
