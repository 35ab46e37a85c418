locals {
  # The files are read as values and written once: what they say stays, where they live is the caller's choice.
  _documents = {
    for file in fileset(path.module, "*.yaml") :
    trimsuffix(file, ".yaml") => merge(yamldecode(file("${path.module}/${file}")), { namespace = var.namespace })
  }

  # The ids of those that a file calls, wherever its tasks do.
  _calls = {
    for id, document in local._documents : id => flatten(regexall("\"flowId\":\"([^\"]+)\"", jsonencode(document)))
  }
}

# Those that call no other.
resource "kestra_subflow" "this" {
  for_each = { for id, document in local._documents : id => document if length(local._calls[id]) == 0 }

  content = provider::kestra::flow_encode(each.value)

  lifecycle {
    precondition {
      condition     = each.value.id == each.key
      error_message = "A subflow and its file have the same name; ${each.key}.yaml holds the id \"${each.value.id}\"."
    }
  }
}

# Those that call some of the others, which are there before them and are destroyed after them.
resource "kestra_subflow" "callers" {
  for_each = { for id, document in local._documents : id => document if length(local._calls[id]) > 0 }

  content = provider::kestra::flow_encode(each.value)

  lifecycle {
    precondition {
      condition     = each.value.id == each.key
      error_message = "A subflow and its file have the same name; ${each.key}.yaml holds the id \"${each.value.id}\"."
    }
    precondition {
      condition     = alltrue([for called in local._calls[each.key] : contains(keys(kestra_subflow.this), called)])
      error_message = "A subflow calls those that call no other; ${each.key} calls ${join(", ", local._calls[each.key])}."
    }
  }

  depends_on = [kestra_subflow.this]
}
