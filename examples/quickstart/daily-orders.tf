# A flow is a YAML file of its own, as Kestra's editor shows it. Its id and namespace come from the file.
resource "kestra_flow" "daily_orders" {
  content = file("${path.module}/flows/daily-orders.yaml")
}

# The flow reads this with `{{ kv('orders_url') }}`, so that no address is written into the flow.
resource "kestra_kv" "orders_url" {
  namespace   = kestra_flow.daily_orders.namespace
  key         = "orders_url"
  type        = "STRING"
  value       = "https://dummyjson.com/carts"
  description = "Where the shop publishes its orders."
}
