locals {
  _is_1_3 = startswith(var.kestra_version, "1.3")

  # Kestra 1.3 has two ways to wait: preconditions remember what has happened, conditions look at each execution by itself.
  _each = var.mode == "ANY" || anytrue(var.flows[*].below)

  _preconditions = {
    preconditions = {
      id = var.id
      flows = [
        for flow in var.flows : merge(
          { namespace = flow.namespace, states = var.states },
          { for property, value in { flowId = flow.flow_id } : property => value if value != null },
        )
      ]
      timeWindow = local._time_window
    }
  }

  _time_window = var.window == null ? null : {
    type      = var.window.deadline != null ? "DAILY_TIME_DEADLINE" : var.window.from != null ? "DAILY_TIME_WINDOW" : var.window.lookback != null ? "SLIDING_WINDOW" : "DURATION_WINDOW"
    deadline  = var.window.deadline
    endTime   = var.window.to
    startTime = var.window.from
    window    = try(coalesce(var.window.lookback, var.window.every), null)
  }

  _conditions = {
    states = var.states
    conditions = [{
      type = "io.kestra.plugin.core.condition.Or"
      conditions = flatten([
        for flow in var.flows : [
          [for id in [flow.flow_id] : { type = "io.kestra.plugin.core.condition.ExecutionFlow", namespace = flow.namespace, flowId = id } if id != null],
          flow.flow_id != null ? [] : [{ type = "io.kestra.plugin.core.condition.ExecutionNamespace", namespace = flow.namespace, comparison = "EQUALS" }],
          # With the dot, so that another namespace with the same beginning is none below.
          flow.below ? [{ type = "io.kestra.plugin.core.condition.ExecutionNamespace", namespace = format("%s.", flow.namespace), comparison = "PREFIX" }] : [],
        ]
      ])
    }]
  }

  # In `when`, `flow` is the one that has ended.
  _depends_on = {
    mode = var.mode
    dependsOn = [
      for flow in var.flows : {
        namespace = flow.below ? null : flow.namespace
        flowId    = flow.flow_id
        states    = var.states
        when      = flow.below ? provider::kestra::expr(format("flow.namespace == '%[1]s' or flow.namespace | startsWith('%[1]s.')", flow.namespace)) : null
      }
    ]
    window = var.window
  }

  # What is null stays out, so the stored flow shows only what its author wrote.
  _trigger = provider::kestra::trigger(var.id, "io.kestra.plugin.core.trigger.Flow", merge(
    {
      disabled = var.disabled ? true : null
      inputs   = length(var.inputs) > 0 ? var.inputs : null
    },
    # Values of different shapes do not fit into one conditional; documents do.
    jsondecode(local._is_1_3 ? local._each ? jsonencode(local._conditions) : jsonencode(local._preconditions) : jsonencode(local._depends_on)),
  ))
}
