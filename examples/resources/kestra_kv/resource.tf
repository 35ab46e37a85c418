resource "kestra_kv" "limits" {
  namespace   = "company.team"
  key         = "limits"
  type        = "JSON"
  value       = jsonencode({ rows = 10000, tables = ["orders", "customers"] })
  description = "How much one run may read."
}

variable "session" {
  type      = string
  default   = "d41d8cd98f"
  ephemeral = true
}

# The value is sent and kept nowhere in Terraform; raise the version to send another one.
resource "kestra_kv" "session" {
  namespace        = "company.team"
  key              = "session"
  type             = "STRING"
  value_wo         = var.session
  value_wo_version = 1
  ttl              = "PT24H"
}
