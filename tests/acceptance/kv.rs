//! `kestra_kv` and `data.kestra_kv`: values of every type, from creation to destruction.

mod change;
mod refusal;
mod spelling;
mod write_only;

use std::collections::BTreeMap;

use cli::host::Host;
use client::Error;
use harness::{Server, Workspace, for_each_host, for_each_line, has_identities};
use serde_json::{Map, Value, json};

use super::project;

/// Entries by key, so that one apply writes many of them.
const ENTRIES: &str = r#"
locals {
  entries = jsondecode(file("${path.module}/entries.json"))
}

resource "kestra_kv" "this" {
  for_each  = local.entries
  namespace = "company.team"
  key       = each.key
  type      = each.value.type
  value     = each.value.value
}
"#;

/// Key, declared type, and two values.
const TYPES: [(&str, Option<&str>, [&str; 2]); 8] = [
    ("string", Some("STRING"), ["hello world", "42"]),
    ("number", Some("NUMBER"), ["1000000", "1.5"]),
    ("boolean", Some("BOOLEAN"), ["true", "false"]),
    ("datetime", Some("DATETIME"), ["2021-09-01T01:02:03Z", "2022-09-01T01:02:03.500Z"]),
    ("date", Some("DATE"), ["2021-09-01", "2022-02-28"]),
    ("duration", Some("DURATION"), ["PT1H", "P3DT1H"]),
    ("json", Some("JSON"), [r#"{"b": 1, "a": [true]}"#, "[1, 2]"]),
    ("untyped", None, ["hello", "17"]),
];

/// The file `entries.json`.
fn entries<'a>(entries: impl IntoIterator<Item = (&'a str, Option<&'a str>, &'a str)>) -> String {
    let entries = entries.into_iter();
    let object: Map<String, Value> =
        entries.map(|(key, kind, value)| (key.to_owned(), json!({"type": kind, "value": value}))).collect();
    Value::Object(object).to_string()
}

/// The type and value that the server holds in `company.team`.
fn stored(server: &Server, key: &str) -> (String, Value) {
    let found = server.ask(async |kestra| kestra.kv().get("company.team", key).await);
    (found.r#type, found.value)
}

/// The types and values in the state, by key.
fn in_state(workspace: &Workspace) -> BTreeMap<String, (String, String)> {
    let state = workspace.state();
    let resources = state["values"]["root_module"]["resources"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let entries = resources.iter().map(|resource| &resource["values"]);
    entries.map(|values| (text(&values["key"]), (text(&values["type"]), text(&values["value"])))).collect()
}

fn is_gone(server: &Server, key: &str) -> bool {
    match server.try_ask(async |kestra| kestra.kv().get("company.team", key).await) {
        Ok(_) => false,
        Err(Error::NotFound { .. }) => true,
        Err(error) => panic!("{error}"),
    }
}

/// Writes an entry behind Terraform's back.
fn put(server: &Server, key: &str, body: &str) {
    server.ask(async |kestra| {
        let options = client::PutOptions::default();
        kestra.kv().put("company.team", key, client::Secret::from(body), &options).await
    });
}

#[test]
fn an_entry_of_each_type_is_created_changed_imported_and_destroyed() {
    for_each_line(|host, server| {
        let workspace = project(host, server, ENTRIES);
        workspace.file("entries.json", &entries(TYPES.map(|(key, kind, [value, _])| (key, kind, value))));
        workspace.apply_and_settle().says("8 added");

        let changed = entries(TYPES.map(|(key, kind, [_, value])| (key, kind, value)));
        workspace.file("entries.json", &changed);
        workspace.apply_and_settle().says("0 added, 8 changed, 0 destroyed");
        assert_eq!(stored(server, "string"), ("STRING".to_owned(), json!("42")));
        assert_eq!(stored(server, "untyped"), ("NUMBER".to_owned(), json!(17)));
        let in_state = in_state(&workspace);
        for (key, kind, _) in TYPES {
            let kind = kind.unwrap_or("NUMBER");
            assert_eq!((&*stored(server, key).0, &*in_state[key].0), (kind, kind), "{key}");
        }

        imported(host, server, &changed);
        workspace.destroy();
        assert_eq!(server.ask(async |kestra| kestra.kv().list("company.team").await), []);
    });
}

/// Imports every entry into another state; none is a difference, whatever the server made of its spelling.
fn imported(host: &Host, server: &Server, entries: &str) {
    let workspace = project(host, server, ENTRIES);
    workspace.file("entries.json", entries);
    let by = if has_identities(host) {
        "identity = { namespace = \"company.team\", key = each.key }"
    } else {
        "id = \"company.team/${each.key}\""
    };
    let import =
        format!("import {{\n  for_each = local.entries\n  to = kestra_kv.this[each.key]\n  {by}\n}}\n");
    workspace.file("import.tf", &import);
    workspace.apply_and_settle().says("8 imported, 0 added, 0 changed, 0 destroyed");
    let attributes = workspace.attributes("kestra_kv.this[\"duration\"]");
    let expected = json!({
        "id": "company.team/duration", "namespace": "company.team", "key": "duration", "type": "DURATION",
        "value": "PT73H", "value_wo": null, "value_wo_version": null, "ttl": null, "description": null,
        "tenant_id": "main",
    });
    assert_eq!(attributes, expected);
}

#[test]
fn a_value_that_is_not_known_yet_is_planned_and_checked_when_it_is() {
    let configuration = r#"
        resource "terraform_data" "rows" {
          input = file("rows.txt")
        }

        resource "kestra_kv" "this" {
          namespace = "company.team"
          key       = "rows"
          type      = "NUMBER"
          value     = terraform_data.rows.output
        }
    "#;
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, configuration);
        workspace.file("rows.txt", "many");
        workspace.plan().plans_changes();
        workspace.apply().fails_with("Value is not of the declared type").says("stores this one as STRING");
        assert!(is_gone(&server, "rows"));

        workspace.file("rows.txt", "1000");
        workspace.apply_and_settle();
        assert_eq!(stored(&server, "rows"), ("NUMBER".to_owned(), json!(1000)));
        workspace.file("rows.txt", "2000");
        workspace.apply_and_settle().says("0 added, 2 changed, 0 destroyed");
        assert_eq!(stored(&server, "rows"), ("NUMBER".to_owned(), json!(2000)));
    });
}

#[test]
fn entries_that_others_manage_are_looked_up() {
    let configuration = r#"
        data "kestra_kv" "limits" {
          namespace = "company.team"
          key       = "limits"
        }

        data "kestra_kv" "wait" {
          namespace = "company.team"
          key       = "wait"
        }

        output "rows" {
          value = nonsensitive(jsondecode(data.kestra_kv.limits.value).rows)
        }

        output "types" {
          value = [data.kestra_kv.limits.type, data.kestra_kv.wait.type]
        }
    "#;
    for_each_host(|host| {
        let server = Server::start();
        put(&server, "limits", r#"{"rows": 10000}"#);
        let workspace = project(host, &server, configuration);
        workspace.apply().fails_with("Could not look up the KV entry").says("wait");

        put(&server, "wait", "PT1H");
        workspace.apply_and_settle();
        assert_eq!(workspace.output("rows"), 10000);
        assert_eq!(workspace.output("types"), json!(["JSON", "DURATION"]));
    });
}
