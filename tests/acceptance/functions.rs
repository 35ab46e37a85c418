//! The provider functions: each one's example gives what its page promises, and mistakes are shown at their argument.

use harness::{Server, Workspace, for_each_host};
use serde_json::{Value, json};

use super::PROVIDER;
use crate::examples::{folders, text};

const ENCODED: &str = "\
id: hello
namespace: company.team

labels:
  answer: \"yes\"

tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    level: INFO
    message: |
      Hello
      and good morning
";

const MERGED: &str = "\
id: nightly
namespace: company.team

labels:
  owner: analytics

tasks:
  - id: load
    type: io.kestra.plugin.core.log.Log
    message: Loading
    timeout: PT1H
";

const BUILT: &str = "\
id: orders
namespace: company.team

tasks:
  - id: extract
    type: io.kestra.plugin.core.http.Download
    uri: https://example.com/orders.csv
  - id: announce
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
      - id: tell_sales
        type: io.kestra.plugin.core.log.Log
        message: Orders are there, sales
      - id: tell_support
        type: io.kestra.plugin.core.log.Log
        message: Orders are there, support
";

const TRIGGER: &str = r#"{"id":"every_morning","type":"io.kestra.plugin.core.trigger.Schedule","cron":"0 6 * * *","timezone":"Europe/Berlin"}"#;

/// The outputs of each function's example.
fn outputs() -> Vec<(&'static str, &'static str, Value)> {
    vec![
        ("expr", "greeting", json!("Hello {{ inputs.name | upper }}")),
        ("flow_decode", "disabled", json!(false)),
        ("flow_decode", "tasks", json!(["greet"])),
        ("flow_encode", "flow", json!(ENCODED)),
        ("flow_merge", "flow", json!(MERGED)),
        (
            "flow_validate",
            "problems",
            json!(["7:9 `greet` is already used at line 4, column 9; ids are unique"]),
        ),
        ("kv_ref", "own", json!("{{ kv('limit') }}")),
        ("kv_ref", "shared", json!("{{ kv('limit', namespace='company.shared') }}")),
        ("secret_ref", "password", json!("{{ secret('DB_PASSWORD') }}")),
        ("task", "flow", json!(BUILT)),
        ("trigger", "trigger", json!(TRIGGER)),
    ]
}

/// A project without a server and without a provider block: functions need neither.
fn offline(host: &cli::host::Host) -> Workspace {
    let workspace = Workspace::new(host);
    workspace.file("provider.tf", &PROVIDER.replace("provider \"kestra\" {}", ""));
    workspace
}

fn example(host: &cli::host::Host, name: &str) -> Workspace {
    let workspace = offline(host);
    workspace.file("main.tf", &text(&format!("examples/functions/{name}/function.tf")));
    workspace.init();
    workspace
}

#[test]
fn every_example_gives_what_its_page_promises() {
    for_each_host(|host| {
        for name in folders("examples/functions") {
            let workspace = example(host, &name);
            workspace.apply_and_settle();
            for (_, output, expected) in outputs().into_iter().filter(|(function, ..)| *function == name) {
                assert_eq!(workspace.output(output), expected, "{name}");
            }
        }
    });
}

#[test]
fn a_drawing_is_a_text_of_its_language() {
    for_each_host(|host| {
        let workspace = example(host, "flow_graph");
        workspace.apply_and_settle();
        let diagram = workspace.output("diagram");
        let diagram = diagram.as_str().expect("a text");
        assert!(diagram.starts_with("flowchart") && diagram.contains("greet"), "{diagram}");
    });
}

#[test]
fn mistakes_are_shown_at_their_argument() {
    let cases = [
        (r#"flow_decode("a: [")"#, "source"),
        (r#"flow_merge("a: 1", "- [")"#, "fragments"),
        (r#"flow_graph("a: 1", "png")"#, "format"),
        (r#"flow_validate("a: 1", "9.9")"#, "Kestra `9.9` is not supported; use 1.3 or 2.0"),
        (r#"expr("inputs.")"#, "expression"),
        (r#"secret_ref("")"#, "name must be of a length of at least 1"),
        (r#"task("", "io.kestra.plugin.core.log.Log", {})"#, "id must be of a length of at least 1"),
        (
            r#"task("a", "io.kestra.plugin.core.log.Log", { mesage = "b" })"#,
            "mesage: unknown property of `io.kestra.plugin.core.log.Log`; did you mean `message`?",
        ),
        (r#"task("a", "io.kestra.plugin.core.log.Log", ["b"])"#, "must be an object"),
        (r#"trigger("a", "io.kestra.plugin.core.log.Log", {})"#, "this must be a trigger"),
    ];
    for_each_host(|host| {
        let workspace = offline(host);
        for (call, expected) in cases {
            workspace
                .file("main.tf", &format!("output \"this\" {{\n  value = provider::kestra::{call}\n}}\n"));
            workspace.init();
            workspace.plan().fails_with(expected);
        }
    });
}

#[test]
fn an_encoded_flow_is_deployed() {
    const CONFIGURATION: &str = r#"
resource "kestra_flow" "this" {
  content = provider::kestra::flow_encode({
    id        = "encoded"
    namespace = "company.team"
    tasks     = [{ id = "say", type = "io.kestra.plugin.core.log.Log", message = provider::kestra::kv_ref("text", null) }]
  })
}
"#;
    for_each_host(|host| {
        let server = Server::start();
        let workspace = super::project(host, &server, CONFIGURATION);
        workspace.apply_and_settle();
        let stored = server.ask(async |kestra| kestra.flows().get("company.team", "encoded").await);
        assert!(stored.source.is_some_and(|source| source.contains("message: \"{{ kv('text') }}\"")));
    });
}

/// What is known only after apply makes the document so, and the plan goes on.
#[test]
fn a_task_may_wait_for_what_apply_finds_out() {
    const CONFIGURATION: &str = r#"
resource "terraform_data" "this" {
  input = "x"
}

resource "kestra_flow" "this" {
  content = provider::kestra::flow_encode({
    id        = "waiting"
    namespace = "company.team"
    tasks = [provider::kestra::task("say", "io.kestra.plugin.core.log.Log", {
      message = terraform_data.this.id
    })]
  })
}
"#;
    for_each_host(|host| {
        let server = Server::start();
        let workspace = super::project(host, &server, CONFIGURATION);
        workspace.apply_and_settle();
        let stored = server.ask(async |kestra| kestra.flows().get("company.team", "waiting").await);
        assert!(stored.source.is_some_and(|source| source.contains("    message: ")));
    });
}
