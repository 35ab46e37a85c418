# Python in three steps: a step finds the files of those before it. The scripts are files of their own, which tests can import.
module "products" {
  source = "../../modules/python-etl"

  id          = "product-prices"
  namespace   = module.etl.namespace
  description = "Fetches the products, cleans their prices and writes one file for each category."
  alert       = local.alert
  python      = { env = { PRODUCTS_URL = module.etl.kv["products_url"] }, version = "3.13" }
  retry       = { max_attempts = 3 }
  steps = [
    { id = "extract", files = ["products.json"], timeout = "PT5M", script = file("${path.module}/python/extract.py") },
    { id = "transform", files = ["prices.csv"], script = file("${path.module}/python/transform.py") },
    { id = "report", script = file("${path.module}/python/report.py") },
  ]
  triggers = [module.every_morning.trigger]
}

# The same answer, read with SQL and no server.
module "ratings" {
  source = "../../modules/rest-to-duckdb"

  id          = "product-ratings"
  namespace   = module.etl.namespace
  description = "The best rated products of each category."
  alert       = local.alert
  request     = { url = module.etl.kv["products_url"], params = { limit = "0" }, file = "products.json" }
  query       = { sql = file("${path.module}/queries/ratings.sql") }
  triggers    = [module.every_morning.trigger]
}
