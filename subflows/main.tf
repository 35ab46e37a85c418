locals {
  # Where the files say they live. In what is deployed, and in the calls of one by another, the caller's namespace takes its place.
  _namespace = "company.shared"

  _sources = {
    for file in fileset(path.module, "*.yaml") : trimsuffix(file, ".yaml") => file("${path.module}/${file}")
  }

  _ids = { for name, source in local._sources : name => yamldecode(source).id }

  # The ids of those that a file calls, wherever its tasks do.
  _calls = {
    for name, source in local._sources : name => flatten(regexall("\"flowId\":\"([^\"]+)\"", jsonencode(yamldecode(source))))
  }
}

# Those that call no other.
resource "kestra_subflow" "this" {
  for_each = { for name, source in local._sources : name => source if length(local._calls[name]) == 0 }

  content = provider::kestra::flow_relocate(each.value, { (local._namespace) = var.namespace })

  lifecycle {
    precondition {
      condition     = local._ids[each.key] == each.key
      error_message = "A subflow and its file have the same name; ${each.key}.yaml holds the id \"${local._ids[each.key]}\"."
    }
  }
}

# Those that call some of the others, which are there before them and are destroyed after them.
resource "kestra_subflow" "callers" {
  for_each = { for name, source in local._sources : name => source if length(local._calls[name]) > 0 }

  content = provider::kestra::flow_relocate(each.value, { (local._namespace) = var.namespace })

  lifecycle {
    precondition {
      condition     = local._ids[each.key] == each.key
      error_message = "A subflow and its file have the same name; ${each.key}.yaml holds the id \"${local._ids[each.key]}\"."
    }
    precondition {
      condition     = alltrue([for called in local._calls[each.key] : contains(keys(kestra_subflow.this), called)])
      error_message = "A subflow calls those that call no other; ${each.key} calls ${join(", ", local._calls[each.key])}."
    }
  }

  depends_on = [kestra_subflow.this]
}
