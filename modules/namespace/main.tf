locals {
  _files = var.files_path == null ? toset([]) : fileset(var.files_path, "**")
  _flows = var.flows_path == null ? toset([]) : fileset(var.flows_path, "**/*.{yaml,yml}")

  _namespaces = { for file in local._flows : file => try(yamldecode(file("${var.flows_path}/${file}")).namespace, null) }
}

resource "kestra_namespace" "this" {
  for_each = var.description == null ? toset([]) : toset([var.namespace])

  namespace_id = each.key
  description  = var.description
}

resource "kestra_kv" "this" {
  for_each = var.kv

  namespace   = var.namespace
  key         = each.key
  value       = each.value.value
  description = each.value.description
  ttl         = each.value.ttl
  type        = each.value.type

  depends_on = [kestra_namespace.this]
}

resource "kestra_namespace_file" "this" {
  for_each = local._files

  namespace = var.namespace
  filename  = each.key
  content   = file("${var.files_path}/${each.key}")

  depends_on = [kestra_namespace.this]
}

# The flows come last, so that the first execution of a schedule finds what it reads.
resource "kestra_flow" "this" {
  for_each = local._flows

  content = file("${var.flows_path}/${each.key}")

  lifecycle {
    precondition {
      condition     = try(local._namespaces[each.key] == var.namespace || startswith(local._namespaces[each.key], "${var.namespace}."), false)
      error_message = "${each.key} is a flow of the namespace ${coalesce(local._namespaces[each.key], "that it does not say")}, not of ${var.namespace}."
    }
  }

  depends_on = [kestra_kv.this, kestra_namespace_file.this]
}
