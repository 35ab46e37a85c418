locals {
  _flow      = provider::kestra::flow_decode(var.flow)
  _namespace = "${local._flow.namespace}.${var.name}"

  # Parameters of a fixture that are null are left out of its document.
  _fixtures = { for id, fixture in var.fixtures : id => jsonencode(merge(
    { outputs = jsondecode(fixture.outputs), state = fixture.state },
    fixture.description == null ? {} : { description = fixture.description },
  )) }

  # What the flow refers to stays where it is: only the flow itself is a copy.
  _copy = provider::kestra::flow_merge(
    provider::kestra::flow_fixtures(var.flow, local._fixtures),
    provider::kestra::flow_encode({ namespace = local._namespace }),
  )

  _task_runs = kestra_execution.this.task_runs
}

resource "kestra_flow" "this" {
  content = local._copy
}

resource "kestra_execution" "this" {
  namespace = kestra_flow.this.namespace
  flow_id   = kestra_flow.this.flow_id
  revision  = kestra_flow.this.revision
  inputs    = var.inputs
  labels    = var.labels
  timeout   = var.timeout
}
