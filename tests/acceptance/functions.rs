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

const RELOCATED: &str = "\
id: orders
namespace: pr-42.company.sales
tasks:
  - id: notify
    type: io.kestra.plugin.core.flow.Subflow
    namespace: pr-42.company.shared # the subflows of all teams
    flowId: notify
    inputs:
      message: \"{{ kv('greeting', 'pr-42.company.sales') }}\"
";

const UNDER_TEST: &str = "\
id: orders
namespace: company.sales

tasks:
  - id: download
    type: flowsmith.engine.Fixture
    timeout: PT1M
    state: SUCCESS
    outputs:
      body:
        - a
        - b
      code: 200
  - id: report
    type: io.kestra.plugin.core.log.Log
    message: \"{{ outputs.download.body | length }} orders\"
";

const TRIGGER: &str = r#"{"id":"every_morning","type":"io.kestra.plugin.core.trigger.Schedule","cron":"0 6 * * *","timezone":"Europe/Berlin"}"#;

const CALL: &str = r#"{"id":"tell","type":"io.kestra.plugin.core.flow.Subflow","namespace":"company.shared","flowId":"notify","inputs":{"message":"Orders are there"},"wait":false}"#;

/// The outputs of each function's example.
fn outputs() -> Vec<(&'static str, &'static str, Value)> {
    vec![
        ("cron_next", "next", json!(["2030-03-30T06:00:00+01:00", "2030-03-31T06:00:00+02:00"])),
        ("expr", "greeting", json!("Hello {{ inputs.name | upper }}")),
        ("flow_decode", "disabled", json!(false)),
        ("flow_decode", "tasks", json!(["greet"])),
        ("flow_encode", "flow", json!(ENCODED)),
        ("flow_fixtures", "flow", json!(UNDER_TEST)),
        ("flow_merge", "flow", json!(MERGED)),
        ("flow_relocate", "flow", json!(RELOCATED)),
        (
            "flow_validate",
            "problems",
            json!(["7:9 `greet` is already used at line 4, column 9; ids are unique"]),
        ),
        ("kv_ref", "own", json!("{{ kv('limit') }}")),
        ("kv_ref", "shared", json!("{{ kv('limit', namespace='company.shared') }}")),
        ("literal", "message", json!("{{ '{{' }} customer.name }}, your order is {{ inputs.order }}")),
        ("secret_ref", "password", json!("{{ secret('DB_PASSWORD') }}")),
        ("subflow_task", "task", json!(CALL)),
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
        (r#"flow_relocate("id: a", { Company = "b" })"#, "`Company` is no namespace"),
        (r#"flow_relocate("- a", {})"#, "source"),
        (r#"flow_fixtures("- a", {})"#, "source"),
        (
            r#"flow_fixtures("tasks: [{id: load}]", { laod = "{}" })"#,
            "the flow has no task `laod`; did you mean `load`?",
        ),
        (
            r#"flow_fixtures("tasks: [{id: load}]", { load = "{\"output\": 1}" })"#,
            "the fixture of `load` is no good: unknown field `output`",
        ),
        (r#"flow_validate("a: 1", "9.9")"#, "Kestra `9.9` is not supported; use 1.3 or 2.0"),
        (r#"expr("inputs.")"#, "expression"),
        (r#"cron_next("0 6 * *", "2030-01-01T00:00:00Z", null, 1)"#, "it has 4 fields and needs 5"),
        (r#"cron_next("@daily", "tomorrow", null, 1)"#, "must be a time of RFC 3339"),
        (
            r#"cron_next("@daily", "2030-01-01T00:00:00Z", "europe/berlin", 1)"#,
            "did you mean \"Europe/Berlin\"?",
        ),
        (r#"cron_next("@daily", "2030-01-01T00:00:00Z", null, 0)"#, "count must be"),
        (r#"secret_ref("")"#, "name must be of a length of at least 1"),
        (r#"task("", "io.kestra.plugin.core.log.Log", {})"#, "id must be of a length of at least 1"),
        (
            r#"task("a", "io.kestra.plugin.core.log.Log", { mesage = "b" })"#,
            "mesage: unknown property of `io.kestra.plugin.core.log.Log`; did you mean `message`?",
        ),
        (r#"task("a", "io.kestra.plugin.core.log.Log", ["b"])"#, "must be an object"),
        (r#"subflow_task("a", { flow_id = "b" }, {}, {})"#, "must be a kestra_subflow, or an object with"),
        (
            r#"subflow_task("a", { namespace = "b", flow_id = "c", inputs = { d = { type = "INT", required = true, default = null } } }, { d = "e" }, {})"#,
            "the input `d` (INT) of b.c does not take this",
        ),
        (
            r#"subflow_task("a", { namespace = "b", flow_id = "c" }, {}, { inputs = {} })"#,
            "leave it out here",
        ),
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

const CALLER: &str = r#"
resource "kestra_subflow" "notify" {
  content = <<-YAML
    id: notify
    namespace: company.shared
    inputs:
      - id: message
        type: STRING
      # Kestra asks for it only sometimes, so callers need not give it.
      - id: reason
        type: STRING
        dependsOn:
          inputs: [message]
          condition: "{{ inputs.message == 'x' }}"
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "{{ inputs.message }}"
  YAML
}

resource "kestra_flow" "this" {
  content = provider::kestra::flow_encode({
    id        = "caller"
    namespace = "company.team"
    tasks     = [provider::kestra::subflow_task("tell", kestra_subflow.notify, { INPUT = "Hello" }, {})]
  })
}
"#;

/// The subflow is new, so much of it is known after apply; its contract is known before.
#[test]
fn a_call_of_a_new_subflow_is_checked_in_the_plan() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = super::project(host, &server, &CALLER.replace("INPUT", "mesage"));
        workspace.plan().fails_with("has no input `mesage`; did you mean `message`?");

        let workspace = super::project(host, &server, &CALLER.replace("INPUT", "message"));
        let plan = workspace.plan_json();
        let changes = plan["resource_changes"].as_array().expect("changes");
        let flow = changes.iter().find(|change| change["type"] == "kestra_flow").expect("the flow");
        assert_eq!(flow["change"]["after"]["flow_id"], "caller", "{flow}");
        workspace.apply_and_settle();
    });
}
