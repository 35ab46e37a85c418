resource "kestra_subflow" "normalize_email" {
  content = <<-EOT
    id: normalize-email
    namespace: company.shared

    inputs:
      - id: email
        type: STRING
        description: An address as somebody typed it.

    tasks:
      - id: log
        type: io.kestra.plugin.core.log.Log
        message: Normalizing an address of {{ inputs.email | length }} characters.

    outputs:
      - id: email
        type: STRING
        description: The address in lowercase, without spaces around it.
        value: "{{ inputs.email | trim | lower }}"
  EOT
}

# The caller refers to the subflow, so it is deployed after it.
resource "kestra_flow" "sign_up" {
  content = yamlencode({
    id        = "sign-up"
    namespace = "company.shop"
    inputs    = [{ id = "email", type = "STRING" }]
    tasks = [{
      id        = "normalize"
      type      = "io.kestra.plugin.core.flow.Subflow"
      namespace = kestra_subflow.normalize_email.reference.namespace
      flowId    = kestra_subflow.normalize_email.reference.flow_id
      inputs    = { email = "{{ inputs.email }}" }
    }]
  })
}
