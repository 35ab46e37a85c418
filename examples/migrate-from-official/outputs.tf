output "contract" {
  description = "What callers of the subflow have to give, and what they get."
  value = {
    inputs  = kestra_subflow.normalize_email.inputs
    outputs = kestra_subflow.normalize_email.outputs
  }
}
