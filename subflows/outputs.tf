output "contracts" {
  description = "What callers need to know, by id of the subflow: `namespace` and `flow_id` for the task, and the `inputs` and `outputs` with their types. Whoever refers to it is deployed after the subflow."
  value = {
    for id, subflow in merge(kestra_subflow.this, kestra_subflow.callers) : id => {
      namespace = subflow.reference.namespace
      flow_id   = subflow.reference.flow_id
      inputs    = subflow.inputs
      outputs   = subflow.outputs
    }
  }
}
