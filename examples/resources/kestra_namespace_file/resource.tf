resource "kestra_namespace_file" "query" {
  namespace = "company.team"
  filename  = "queries/orders.sql"
  content   = <<-EOT
    SELECT * FROM orders -- all of them
  EOT
}
