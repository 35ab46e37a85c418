output "flows" {
  description = "The flows of this project and the revisions that are deployed."
  value       = { for flow in [module.fetch, module.load, module.refunds, module.watch] : flow.id => flow.revision }
}

output "graphs" {
  description = "What each flow looks like, as Mermaid draws it."
  value       = { for flow in [module.fetch, module.load, module.refunds, module.watch] : flow.id => provider::kestra::flow_graph(flow.content, "mermaid") }
}
