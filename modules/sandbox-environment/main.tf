locals {
  _root   = "${var.prefix}.${var.name}"
  _target = "${local._root}.${var.namespace}"

  _relocated = { for key, source in var.sources : key => provider::kestra::flow_relocate(source, { (var.namespace) = local._target }) }

  # What the copy has of its own. Triggers stay in the flow, so that they are checked, and are switched off.
  _labels = merge(var.labels, { sandbox-environment = local._root, sandbox-expires = var.expires })
  _off = {
    for key, source in var.sources : key => [
      for trigger in try(provider::kestra::flow_decode(source).triggers, []) :
      { id = trigger.id, disabled = true } if !contains(var.active_triggers, trigger.type)
    ]
  }
  _additions = {
    for key, triggers in local._off :
    key => provider::kestra::flow_encode(merge({ labels = local._labels }, length(triggers) > 0 ? { triggers = triggers } : {}))
  }

  _files = merge([
    for namespace, files in var.files : {
      for path, content in files : "${namespace}/${path}" => { namespace = namespace, path = path, content = content }
    }
  ]...)

  _kv = merge([
    for namespace, entries in var.kv_overrides : {
      for key, entry in entries : "${namespace}/${key}" => { namespace = namespace, key = key, type = entry.type, value = entry.value }
    }
  ]...)
}

resource "kestra_flow" "this" {
  for_each = var.sources

  content = provider::kestra::flow_merge(local._relocated[each.key], local._additions[each.key])

  # Whoever starts a flow of the copy finds everything that it reads.
  depends_on = [kestra_kv.this, kestra_namespace_file.this]
}

resource "kestra_kv" "this" {
  for_each = local._kv

  namespace = "${local._root}.${each.value.namespace}"
  key       = each.value.key
  type      = each.value.type
  value     = each.value.value
}

resource "kestra_namespace_file" "this" {
  for_each = local._files

  namespace = "${local._root}.${each.value.namespace}"
  filename  = each.value.path
  content   = each.value.content
}
