locals {
  # Tasks of all plugins have one type: text. So they fit into one list.
  tasks = [
    provider::kestra::task("extract", "io.kestra.plugin.core.http.Download", {
      uri = "https://example.com/orders.csv"
    }),
    provider::kestra::task("announce", "io.kestra.plugin.core.flow.Parallel", {
      tasks = [
        for team in ["sales", "support"] :
        provider::kestra::task("tell_${team}", "io.kestra.plugin.core.log.Log", { message = "Orders are there, ${team}" })
      ]
    }),
  ]
}

output "flow" {
  value = provider::kestra::flow_encode({
    id        = "orders"
    namespace = "company.team"
    tasks     = local.tasks
  })
}
