locals {
  # Defaults of these types are JSON values in a flow; the default of any other type is text.
  _json_types = ["ARRAY", "BOOL", "FLOAT", "INT", "JSON", "MULTISELECT"]

  _inputs = [
    for input in var.inputs : {
      for property, value in {
        id          = input.id
        type        = input.type
        defaults    = input.defaults == null ? null : jsondecode(contains(local._json_types, input.type) ? input.defaults : jsonencode(input.defaults))
        description = input.description
        displayName = input.display_name
        itemType    = input.item_type
        max         = input.max
        min         = input.min
        required    = input.required
        validator   = input.validator
        values      = input.values
      } : property => value if value != null
    }
  ]

  _concurrency = var.concurrency == null ? null : {
    for property, value in var.concurrency : property => value if value != null
  }

  _document = merge(jsondecode(var.properties), {
    id          = var.id
    namespace   = var.namespace
    concurrency = local._concurrency
    description = var.description
    disabled    = var.disabled ? true : null
    errors      = length(var.errors) > 0 ? [for task in var.errors : jsondecode(task)] : null
    finally     = length(var.finally) > 0 ? [for task in var.finally : jsondecode(task)] : null
    inputs      = length(var.inputs) > 0 ? local._inputs : null
    labels      = length(var.labels) > 0 ? var.labels : null
    tasks       = [for task in var.tasks : jsondecode(task)]
    triggers    = length(var.triggers) > 0 ? [for trigger in var.triggers : jsondecode(trigger)] : null
  })
}

resource "kestra_flow" "this" {
  # What was not set stays out, so the stored flow shows only what its author wrote.
  content = yamlencode({ for property, value in local._document : property => value if value != null })
}
