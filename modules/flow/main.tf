locals {
  _line = try(regex("^\\d+\\.\\d+", var.kestra_version), null)

  # Defaults of these types are JSON values in a flow; the default of any other type is text.
  _json_types = ["ARRAY", "BOOL", "FLOAT", "INT", "JSON", "MULTISELECT"]

  _inputs = [
    for input in var.inputs : {
      for property, value in {
        id          = input.id
        type        = input.type
        defaults    = input.defaults == null ? null : jsondecode(contains(local._json_types, input.type) ? input.defaults : jsonencode(input.defaults))
        description = input.description
        displayName = input.display_name
        itemType    = input.item_type
        max         = input.max
        min         = input.min
        required    = input.required
        validator   = input.validator
        values      = input.values
      } : property => value if value != null
    }
  ]

  _outputs = [
    for output in var.outputs : {
      for property, value in {
        id          = output.id
        type        = output.type
        value       = output.value
        description = output.description
        displayName = output.display_name
        required    = output.required
      } : property => value if value != null
    }
  ]

  # Kestra 2.0 calls it `when`, and still takes the name of 1.3.
  _checks = [
    for check in var.checks : {
      for property, value in {
        when      = local._line == "2.0" ? provider::kestra::expr(check.when) : null
        condition = local._line == "2.0" ? null : provider::kestra::expr(check.when)
        message   = check.message
        behavior  = check.behavior
        style     = check.style
      } : property => value if value != null
    }
  ]

  _sla = [
    for sla in var.sla : {
      for property, value in {
        id       = sla.id
        type     = sla.assert == null ? "MAX_DURATION" : "EXECUTION_ASSERTION"
        assert   = sla.assert == null ? null : provider::kestra::expr(sla.assert)
        behavior = sla.behavior
        duration = sla.duration
        labels   = sla.labels
      } : property => value if value != null
    }
  ]

  _alert = [
    for alert in [var.alert] :
    provider::kestra::subflow_task(
      "alert",
      { namespace = alert.subflow.namespace, flow_id = alert.subflow.flow_id },
      merge(alert.inputs, { message = alert.message }),
      {},
    ) if alert != null
  ]

  _errors = concat(var.errors, local._alert)

  _concurrency = var.concurrency == null ? null : {
    for property, value in var.concurrency : property => value if value != null
  }

  _document = merge(jsondecode(var.properties), {
    id             = var.id
    namespace      = var.namespace
    afterExecution = length(var.after_execution) > 0 ? var.after_execution : null
    checks         = length(var.checks) > 0 ? local._checks : null
    concurrency    = local._concurrency
    description    = var.description
    disabled       = var.disabled ? true : null
    errors         = length(local._errors) > 0 ? local._errors : null
    finally        = length(var.finally) > 0 ? var.finally : null
    inputs         = length(var.inputs) > 0 ? local._inputs : null
    labels         = length(var.labels) > 0 ? var.labels : null
    outputs        = length(var.outputs) > 0 ? local._outputs : null
    retry          = module.retry.retry
    sla            = length(var.sla) > 0 ? local._sla : null
    tasks          = var.tasks
    triggers       = length(var.triggers) > 0 ? var.triggers : null
    variables      = length(var.variables) > 0 ? var.variables : null
  })

  # What was not set stays out, so the stored flow shows only what its author wrote. The encoder decodes the documents of
  # tasks and triggers, so each is decoded once and the flow is encoded once.
  _content = provider::kestra::flow_encode({ for property, value in local._document : property => value if value != null })

  _problems = local._line == null ? [] : [
    for problem in provider::kestra::flow_validate(local._content, local._line) : problem if problem.severity == "error"
  ]
}

module "retry" {
  source = "../retry"

  retry = var.retry
}

resource "kestra_flow" "this" {
  content = local._content

  lifecycle {
    precondition {
      condition     = length(local._problems) == 0
      error_message = "Kestra ${coalesce(local._line, "1.3 and 2.0")} refuses this flow: ${join("; ", [for problem in local._problems : "${problem.path}: ${problem.message}"])}."
    }
  }
}
