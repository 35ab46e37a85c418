# What a kestra_subflow has, too: give `kestra_subflow.notify` instead of an object, and it is created before its callers.
locals {
  notify = {
    namespace = "company.shared"
    flow_id   = "notify"
    inputs = {
      message  = { type = "STRING", required = true, default = null }
      attempts = { type = "INT", required = true, default = "3" }
    }
  }
}

output "task" {
  value = provider::kestra::subflow_task("tell", local.notify, { message = "Orders are there" }, { wait = false })
}
