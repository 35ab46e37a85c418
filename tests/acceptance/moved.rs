//! `moved` blocks: a flow becomes a subflow and a subflow a flow, and objects of the official provider become ours, without
//! anything happening on the server.

use harness::{Server, Workspace, for_each_host};
use serde_json::json;

use super::{PROVIDER, project};

const FLOW: &str = "\
id: hello
namespace: company.team
inputs:
  - id: name
    type: STRING
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: \"Hello, {{ inputs.name }}\"
";

fn resource(kind: &str) -> String {
    format!("resource \"{kind}\" \"this\" {{\n  content = file(\"hello.yaml\")\n}}\n")
}

fn moved(from: &str, to: &str) -> String {
    format!("{}moved {{\n  from = {from}.this\n  to   = {to}.this\n}}\n", resource(to))
}

#[test]
fn a_flow_becomes_a_subflow_and_a_flow_again() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, &resource("kestra_flow"));
        workspace.file("hello.yaml", FLOW);
        workspace.apply_and_settle();

        for (from, to) in [("kestra_flow", "kestra_subflow"), ("kestra_subflow", "kestra_flow")] {
            workspace.file("main.tf", &moved(from, to));
            workspace.apply_and_settle().says("0 added, 0 changed, 0 destroyed");
            let state = workspace.attributes(&format!("{to}.this"));
            assert_eq!((&state["id"], &state["revision"]), (&json!("company.team/hello"), &json!(1)));
            let contract = state["inputs"]["name"]["type"].as_str();
            assert_eq!(contract, (to == "kestra_subflow").then_some("STRING"));
        }
        let stored = server.ask(async |kestra| kestra.flows().get("company.team", "hello").await);
        assert_eq!(stored.revision, 1, "nothing was written");
    });
}

#[test]
fn objects_of_the_official_provider_become_ours() {
    const OFFICIAL: &str = "registry.terraform.io/kestra-io/kestra";
    const OBJECTS: &str = r#"
resource "kestra_flow" "NAME" {
  content = file("hello.yaml")
}

resource "kestra_kv" "NAME" {
  namespace = "company.team"
  key       = "rows"
  type      = "NUMBER"
  value     = "1000"
}

resource "kestra_namespace_file" "NAME" {
  namespace = "company.team"
  filename  = "queries/orders.sql"
  content   = "SELECT 1\n"
}
"#;
    let types = ["kestra_flow", "kestra_kv", "kestra_namespace_file"];
    for_each_host(|host| {
        let server = Server::start();
        let workspace = Workspace::new(host).env("KESTRA_URL", server.url());
        workspace.file("provider.tf", &PROVIDER.replace("flowsmith/kestra", OFFICIAL));
        workspace.file("main.tf", &OBJECTS.replace("NAME", "theirs"));
        workspace.file("hello.yaml", FLOW);
        workspace.init();
        workspace.apply_and_settle().says("3 added");

        let moves = types.map(|kind| format!("moved {{\n  from = {kind}.theirs\n  to   = {kind}.ours\n}}\n"));
        workspace.file("provider.tf", PROVIDER);
        workspace.file("main.tf", &format!("{}{}", OBJECTS.replace("NAME", "ours"), moves.concat()));
        workspace.init();
        workspace.apply_and_settle().says("0 added, 0 changed, 0 destroyed");
        for kind in types {
            let address = format!("{kind}.ours");
            assert!(
                workspace.attributes(&address)["id"]
                    .as_str()
                    .is_some_and(|id| id.starts_with("company.team/"))
            );
        }
        workspace.destroy();
    });
}

#[test]
fn what_cannot_be_moved_is_said_with_another_way() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, &resource("kestra_flow"));
        workspace.file("hello.yaml", FLOW);
        workspace.apply_and_settle();

        let target = "resource \"kestra_namespace_file\" \"this\" {\n  namespace = \"company.team\"\n  filename  = \"a.txt\"\n}\n";
        let moved = "moved {\n  from = kestra_flow.this\n  to   = kestra_namespace_file.this\n}\n";
        workspace.file("main.tf", &format!("{target}{moved}"));
        workspace.run(&["plan", "-no-color"]).fails_with("Resource cannot be moved").says("`removed` block");
    });
}
