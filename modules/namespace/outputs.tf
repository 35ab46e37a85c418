output "files" {
  description = "Names of the files of the namespace."
  value       = sort([for file in kestra_namespace_file.this : file.filename])
}

output "flows" {
  description = "The flows of the folder, by the name of the file: `namespace` and `flow_id` for the tasks and triggers of other flows, and the `revision` that Kestra gave to the content."
  value = {
    for file, flow in kestra_flow.this :
    file => { namespace = flow.namespace, flow_id = flow.flow_id, revision = flow.revision }
  }
}

output "kv" {
  description = "Expressions that read the entries when a flow of the namespace runs, by key."
  value       = { for key, entry in kestra_kv.this : key => provider::kestra::kv_ref(entry.key, null) }
}

output "namespace" {
  description = "The namespace."
  value       = var.namespace
}

output "secrets" {
  description = "Expressions that read the secrets when a flow of the namespace runs, by name."
  value       = { for name in var.secrets : name => provider::kestra::secret_ref(name) }
}
