//! SQL, scripts and bodies in the modules: each character stands in the flow as the caller wrote it.

use std::collections::BTreeMap;

use fastrand::Rng;
use harness::{Server, Workspace, any_host};
use serde_json::{Value, json};

use crate::{
    acceptance::PROVIDER,
    examples::copy,
    texts::{self, HOSTILE},
};

/// How many texts each module is given, and of how many pieces one is made.
const TEXTS: usize = 40;
const PIECES: usize = 14;

/// A module for each text, and where it stands afterwards: in a task, or in a trigger.
const ROOT: &str = r#"
locals {
  texts    = jsondecode(file("${path.module}/texts.json"))
  bigquery = { project_id = "the-shop" }
  database = { host = "db", database = "shop", username = "loader" }
}

module "bigquery_query" {
  source   = "./modules/bigquery-query"
  for_each = local.texts

  id        = each.key
  namespace = "company"
  gcp       = local.bigquery
  query     = { sql = each.value }
}

module "postgres_query" {
  source   = "./modules/postgres-query"
  for_each = local.texts

  id         = each.key
  namespace  = "company"
  connection = local.database
  query      = { sql = each.value }
}

module "rest_to_duckdb" {
  source   = "./modules/rest-to-duckdb"
  for_each = local.texts

  id        = each.key
  namespace = "company"
  request   = { url = "https://example.com", body = each.value }
  query     = { sql = each.value }
}

module "webhook_automation" {
  source   = "./modules/webhook-automation"
  for_each = local.texts

  id         = each.key
  namespace  = "company"
  connection = local.database
  key_secret = "KEY"
  actions    = [{ id = "ask", sql = { statement = each.value } }, { id = "say", slack = { message = each.value } }]
}

module "python_etl" {
  source   = "./modules/python-etl"
  for_each = local.texts

  id        = each.key
  namespace = "company"
  python    = { literal = false }
  steps     = [{ id = "extract", script = each.value }]
}

module "trigger_sql" {
  source   = "./modules/trigger-sql"
  for_each = local.texts

  id         = each.key
  connection = local.database
  sql        = each.value
  after_sql  = each.value
}

output "found" {
  value = {
    bigquery_query     = { for text, module in module.bigquery_query : text => yamldecode(module.content) }
    postgres_query     = { for text, module in module.postgres_query : text => yamldecode(module.content) }
    python_etl         = { for text, module in module.python_etl : text => yamldecode(module.content) }
    rest_to_duckdb     = { for text, module in module.rest_to_duckdb : text => yamldecode(module.content) }
    trigger_sql        = { for text, module in module.trigger_sql : text => jsondecode(module.trigger) }
    webhook_automation = { for text, module in module.webhook_automation : text => yamldecode(module.content) }
  }
}
"#;

/// The module, and how often its document has the text.
const PLACES: [(&str, usize); 6] = [
    ("bigquery_query", 1),
    ("postgres_query", 1),
    ("python_etl", 1),
    ("rest_to_duckdb", 2),
    ("trigger_sql", 2),
    ("webhook_automation", 2),
];

/// What Kestra renders later.
const EXPRESSIONS: [&str; 2] = ["{{ flow.id }}", "{{ \"it's\" | upper }}"];

#[test]
fn every_character_stands_in_the_flow_as_it_is_written() {
    let Some(host) = any_host() else { return };
    let server = Server::start();
    let workspace = Workspace::new(host).env("KESTRA_URL", server.url());
    copy(&workspace, &["modules"]);
    workspace.file("provider.tf", PROVIDER);
    workspace.file("main.tf", ROOT);
    let texts = texts();
    workspace.file("texts.json", &json!(texts).to_string());
    workspace.init();
    let plan = workspace.plan_json();
    let found = &plan["planned_values"]["outputs"]["found"]["value"];
    for (module, count) in PLACES {
        for (id, text) in &texts {
            assert_eq!(times(&found[module][id], text), count, "{module}: {text:?} in {}", found[module][id]);
        }
    }
}

/// How many texts of a document are this one, to the last character.
fn times(document: &Value, text: &str) -> usize {
    match document {
        Value::String(found) => usize::from(found == text),
        Value::Array(list) => list.iter().map(|value| times(value, text)).sum(),
        Value::Object(map) => map.values().map(|value| times(value, text)).sum(),
        _ => 0,
    }
}

/// Texts of the same pieces at every run, by the ids of their flows.
fn texts() -> BTreeMap<String, String> {
    let mut random = Rng::with_seed(11);
    let pieces: Vec<_> = HOSTILE.iter().chain(&EXPRESSIONS).map(|piece| (*piece, *piece)).collect();
    let mut text = || texts::text(&mut random, PIECES, &pieces).0;
    (0..TEXTS).map(|number| (format!("text-{number}"), text())).collect()
}
