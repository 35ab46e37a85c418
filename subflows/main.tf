locals {
  # The files are read as values and written once: what they say stays, where they live is the caller's choice.
  _documents = {
    for file in fileset(path.module, "*.yaml") :
    trimsuffix(file, ".yaml") => merge(yamldecode(file("${path.module}/${file}")), { namespace = var.namespace })
  }
}

resource "kestra_subflow" "this" {
  for_each = local._documents

  content = yamlencode(each.value)

  lifecycle {
    precondition {
      condition     = each.value.id == each.key
      error_message = "A subflow and its file have the same name; ${each.key}.yaml holds the id \"${each.value.id}\"."
    }
  }
}
