locals {
  base = <<-YAML
    id: nightly
    namespace: company.team
    tasks:
      - id: load
        type: io.kestra.plugin.core.log.Log
        message: Loading
  YAML
}

output "flow" {
  value = provider::kestra::flow_merge(local.base, <<-YAML
    labels:
      owner: analytics
    tasks:
      - id: load
        timeout: PT1H
  YAML
  )
}
