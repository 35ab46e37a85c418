resource "kestra_namespace" "team" {
  namespace_id = "company.team"
  description  = "Everything the team runs."
  variables = yamlencode({
    region = "eu-west-1"
  })
}
