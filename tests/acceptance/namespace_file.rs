//! `kestra_namespace_file`: names and contents of every kind, written in place, and what others do to them.

use harness::{Server, for_each_host, for_each_line, has_identities};
use serde_json::{Map, Value, json};

use super::{actions, project};

/// Files by name, so that one apply writes many of them.
const FILES: &str = r#"
locals {
  files = jsondecode(file("${path.module}/files.json"))
}

resource "kestra_namespace_file" "this" {
  for_each  = local.files
  namespace = "company.team"
  filename  = each.key
  content   = each.value
}
"#;

/// One file; its content is in `content.txt`.
const FILE: &str = r#"
resource "kestra_namespace_file" "this" {
  namespace = "company.team"
  filename  = "queries/orders.sql"
  content   = file("${path.module}/content.txt")
}
"#;

const ADDRESS: &str = "kestra_namespace_file.this";
const NAME: &str = "queries/orders.sql";

/// Names and contents; no content is an empty file.
fn files() -> Vec<(&'static str, Option<String>)> {
    let file = |name, content: &str| (name, Some(content.to_owned()));
    vec![
        file("orders.sql", "SELECT * FROM orders -- all\n"),
        file("queries/2024/by day.sql", "SELECT 1"),
        file("/leading/slash.txt", "a"),
        file("c++/main+test.cpp", "int main() {}"),
        file("données/été 日本 🚀.txt", "d'été"),
        file("100% sure?x=1&y#z.txt", "100%"),
        file("windows.bat", "@echo off\r\nrem done\r\n"),
        file("indented.yaml", "\n  a: |\n\ttab \\ \"quote\" ${x} %{y}\n\n"),
        // In one line: showing a change, Terraform needs memory for the square of the number of lines.
        file("large.csv", &"0123456789abcde,".repeat(1 << 16)),
        file("empty.txt", ""),
        ("unset.txt", None),
    ]
}

/// The file `files.json`.
fn listed(files: &[(&str, Option<String>)]) -> String {
    let object: Map<String, Value> =
        files.iter().map(|(name, content)| ((*name).to_owned(), json!(content))).collect();
    Value::Object(object).to_string()
}

fn stored(server: &Server, name: &str) -> Vec<u8> {
    server.ask(async |kestra| kestra.namespace_files().get("company.team", name).await).to_vec()
}

/// Writes a file behind Terraform's back.
fn put(server: &Server, name: &str, content: &[u8]) {
    server.ask(async |kestra| kestra.namespace_files().put("company.team", name, content.to_vec()).await);
}

#[test]
fn files_of_every_name_and_content_are_created_changed_imported_and_destroyed() {
    for_each_line(|host, server| {
        let workspace = project(host, server, FILES);
        let mut files = files();
        workspace.file("files.json", &listed(&files));
        workspace.apply_and_settle().says("11 added");
        let created =
            server.json("namespaces/company.team/files/stats?path=/orders.sql")["creationTime"].clone();

        for content in files.iter_mut().filter_map(|(_, content)| content.as_mut()) {
            content.push_str("more\n");
        }
        workspace.file("files.json", &listed(&files));
        workspace.apply_and_settle().says("0 added, 10 changed, 0 destroyed");
        for (name, content) in &files {
            let content = content.clone().unwrap_or_default();
            assert!(stored(server, name) == content.as_bytes(), "{name} is another than was sent");
        }
        // A file that had been missing in between would be a new one, with a time of creation of its own.
        let after = server.json("namespaces/company.team/files/stats?path=/orders.sql");
        assert_eq!(after["creationTime"], created);
        let revisions = server.json("namespaces/company.team/files/revisions?path=/orders.sql");
        assert_eq!(revisions, json!([{"revision": 1}, {"revision": 2}]));

        let other = project(host, server, FILES);
        other.file("files.json", &listed(&files));
        let by = if has_identities(host) {
            "identity = { namespace = \"company.team\", filename = each.key }"
        } else {
            "id = \"company.team/${each.key}\""
        };
        other.file(
            "import.tf",
            &format!("import {{\n  for_each = local.files\n  to = {ADDRESS}[each.key]\n  {by}\n}}\n"),
        );
        other.apply_and_settle().says("11 imported, 0 added, 0 changed, 0 destroyed");

        workspace.destroy();
        for (name, _) in files {
            let found =
                server.try_ask(async |kestra| kestra.namespace_files().get("company.team", name).await);
            assert!(matches!(found, Err(client::Error::NotFound { .. })), "{name}: {found:?}");
        }
    });
}

#[test]
fn what_others_did_to_a_file_is_put_right() {
    for_each_line(|host, server| {
        let workspace = project(host, server, FILE);
        workspace.file("content.txt", "SELECT 1\n");
        workspace.apply_and_settle();
        let expected = json!({
            "id": "company.team/queries/orders.sql", "namespace": "company.team", "filename": NAME,
            "content": "SELECT 1\n", "tenant_id": "main",
        });
        assert_eq!(workspace.attributes(ADDRESS), expected);

        // As long as before, so that only the time tells; then bytes that are no text.
        for theirs in [b"SELECT 2\n".as_slice(), b"\xff\xfe\0"] {
            put(server, NAME, theirs);
            assert_eq!(actions(&workspace), json!(["update"]));
            workspace.apply_and_settle();
            assert_eq!(stored(server, NAME), b"SELECT 1\n");
        }

        let delete =
            async |kestra: client::Client| kestra.namespace_files().delete("company.team", "queries").await;
        server.ask(delete);
        assert_eq!(actions(&workspace), json!(["create"]));
        workspace.apply_and_settle();
        server.ask(delete);
        workspace.run(&["destroy", "-no-color", "-auto-approve", "-refresh=false"]).succeeds();
    });
}

#[test]
fn another_name_is_another_file_but_a_leading_slash_is_none() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, FILE);
        workspace.file("content.txt", "SELECT 1\n");
        workspace.apply_and_settle();

        workspace.file("main.tf", &FILE.replace(NAME, "/queries/orders.sql"));
        workspace.plan().is_empty_plan();
        workspace.file("main.tf", &FILE.replace(NAME, "/queries/sales.sql"));
        assert_eq!(actions(&workspace), json!(["delete", "create"]));
        workspace.apply_and_settle();
        assert_eq!(stored(&server, "queries/sales.sql"), b"SELECT 1\n");
        let queries = server.json("namespaces/company.team/files/directory?path=/queries");
        assert_eq!(queries.as_array().map(Vec::len), Some(1), "{queries}");
    });
}

/// Names, and words of the answer.
const REFUSED: [(&str, &str); 7] = [
    ("", "is empty"),
    ("/", "is empty"),
    ("queries/", "names a directory"),
    ("../secrets.txt", "leaves the namespace"),
    ("a/../../b", "leaves the namespace"),
    ("/_flows/hello.yaml", "use `kestra_flow`"),
    ("{long}", "more than 255 bytes"),
];

#[test]
fn a_name_that_is_none_is_refused_without_a_server() {
    let long = "é".repeat(128);
    let resources = REFUSED.iter().enumerate().map(|(number, (name, _))| {
        let name = name.replace("{long}", &long);
        format!("resource \"kestra_namespace_file\" \"r{number}\" {{\n namespace = \"n\"\n filename = {name:?}\n}}\n")
    });
    let configuration: String = resources.collect();
    for_each_host(|host| {
        let workspace = project(host, &Server::start(), &configuration);
        let mut refused = workspace.validate().fails_with("Invalid file name");
        for (number, (_, words)) in REFUSED.iter().enumerate() {
            refused = refused.says(words).says(&format!("resource \"kestra_namespace_file\" \"r{number}\""));
        }
    });
}
