locals {
  _env = merge(var.python.env, { for variable, name in var.python.secrets : variable => provider::kestra::secret_ref(name) })

  # What each step finds: the files of all steps before it, and its own.
  _files = [
    for position in range(length(var.steps)) : merge(merge([
      for step in slice(var.steps, 0, position) :
      { for file in step.files : file => provider::kestra::expr(format("outputs.%s.outputFiles['%s']", step.id, file)) }
    ]...), var.steps[position].inputs)
  ]

  _steps = [
    for position, step in var.steps :
    provider::kestra::task(step.id, "io.kestra.plugin.scripts.python.Script", {
      containerImage = var.python.container_image
      dependencies   = length(step.dependencies) > 0 ? step.dependencies : null
      env            = length(local._env) > 0 ? local._env : null
      inputFiles     = length(local._files[position]) > 0 ? local._files[position] : null
      outputFiles    = length(step.files) > 0 ? step.files : null
      pythonVersion  = var.python.version
      retry          = module.retry.retry
      script         = var.python.literal ? provider::kestra::literal(step.script) : step.script
      taskRunner     = var.python.runner == "process" ? { type = "io.kestra.plugin.core.runner.Process" } : null
      timeout        = step.timeout
    })
  ]
}

module "retry" {
  source = "../retry"

  retry = var.retry
}

module "flow" {
  source = "../flow"

  id          = var.id
  namespace   = var.namespace
  alert       = var.alert
  description = var.description
  disabled    = var.disabled
  labels      = var.labels
  tasks       = concat(local._steps, var.tasks)
  triggers    = var.triggers
}
