# This was a `kestra_flow`, too. As a subflow it has a contract: calls that do not fit are errors of the plan.
resource "kestra_subflow" "normalize_email" {
  content = file("${path.module}/flows/normalize-email.yaml")
}

# Nothing happens on the server: the state learns that it is the same flow.
moved {
  from = kestra_flow.normalize_email
  to   = kestra_subflow.normalize_email
}
