//! `kestra_execution`: started once, read, killed and deleted; with an engine it is waited for, and what came of it is told.

use cli::host::Host;
use harness::{RELEASES, Server, Workspace, for_each_host, for_each_line};
use sandbox::Release;
use serde_json::{Value, json};

use super::{actions, project};

const FLOW: &str = r#"
resource "kestra_flow" "this" {
  content = file("${path.module}/flow.yaml")
}
"#;

const EXECUTION: &str = r#"
resource "kestra_execution" "this" {
  namespace = kestra_flow.this.namespace
  flow_id   = kestra_flow.this.flow_id
  revision  = kestra_flow.this.revision
  inputs    = { who = "Ann" }
  labels    = { team = "a: b" }
  wait      = false
}
"#;

const GREETING: &str = r#"
id: greeting
namespace: company.team
inputs:
  - {id: who, type: STRING}
tasks:
  - id: each
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
      - id: greet
        type: io.kestra.plugin.core.debug.Return
        format: "Hello {{ inputs.who }}"
  - id: doubt
    type: io.kestra.plugin.core.execution.Fail
    allowFailure: true
    runIf: "{{ inputs.who != 'Bob' }}"
outputs:
  - {id: greeting, type: STRING, value: "{{ outputs.greet.value }}"}
"#;

const ADDRESS: &str = "kestra_execution.this";

fn greeting(host: &Host, server: &Server) -> Workspace {
    let workspace = project(host, server, &format!("{FLOW}{EXECUTION}"));
    workspace.file("flow.yaml", GREETING);
    workspace
}

fn executions(server: &Server) -> Value {
    server.json("executions/search")["total"].clone()
}

#[test]
fn an_execution_is_started_once_imported_replaced_and_deleted() {
    for_each_line(|host, server| {
        let workspace = greeting(host, server);
        workspace.apply_and_settle().says("2 added");
        let made = workspace.attributes(ADDRESS);
        let expected = json!({
            "namespace": "company.team", "flow_id": "greeting", "revision": 1, "state": "CREATED", "wait": false,
            "timeout": null, "inputs": {"who": "Ann"}, "labels": {"team": "a: b"}, "outputs": "{}", "task_runs": [],
            "tenant_id": "main",
        });
        let own = |mut attributes: Value| {
            attributes.as_object_mut().map(|attributes| attributes.shift_remove("id"));
            attributes
        };
        assert_eq!(own(made.clone()), expected);

        let id = made["id"].as_str().expect("an id");
        let other = project(host, server, &format!("{FLOW}{EXECUTION}"));
        other.file("flow.yaml", GREETING);
        other.import(ADDRESS, id).succeeds();
        other.import("kestra_flow.this", "company.team/greeting").succeeds();
        let imported = own(other.attributes(ADDRESS));
        assert_eq!((&imported["inputs"], &imported["labels"]), (&expected["inputs"], &expected["labels"]));
        other.apply().says("0 added, 1 changed, 0 destroyed");
        other.plan().is_empty_plan();

        // How long to wait is nothing that a new execution is started for; anything else is.
        workspace
            .file("main.tf", &format!("{FLOW}{}", EXECUTION.replace("wait ", "timeout = \"1m\"\n wait ")));
        workspace.apply_and_settle().says("0 added, 1 changed, 0 destroyed");
        workspace.file("main.tf", &format!("{FLOW}{}", EXECUTION.replace("wait      = false", "")));
        workspace.apply().fails_with("Start it with `flowsmith sandbox --engine`");
        assert_eq!(workspace.attributes(ADDRESS)["state"], "CREATED");
        workspace.file("main.tf", &format!("{FLOW}{EXECUTION}"));
        workspace.apply_and_settle().says("0 added, 1 changed, 0 destroyed");
        workspace.file("flow.yaml", &GREETING.replace("Hello", "Good morning"));
        workspace.apply_and_settle().says("1 added, 1 changed, 1 destroyed");
        assert_ne!(workspace.attributes(ADDRESS)["id"], id);
        assert_eq!(executions(server), 1);

        let id = workspace.attributes(ADDRESS)["id"].as_str().expect("an id").to_owned();
        server.ask(async |kestra| kestra.executions().delete(&id).await);
        assert_eq!(actions(&workspace), json!(["create"]));
        workspace.apply_and_settle();
        workspace.destroy();
        assert_eq!(executions(server), 0);
    });
}

#[test]
fn what_cannot_be_started_is_told() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = greeting(host, &server);
        for (attributes, expected) in [
            (EXECUTION.replace("who =", "whom ="), "who"),
            (EXECUTION.replace("kestra_flow.this.flow_id", "\"nobody\""), "Requested Flow is not found"),
            (EXECUTION.replace("team =", "\"system.team\" ="), "System labels can only be set by Kestra"),
            (EXECUTION.replace("wait      = false", ""), "Start it with `flowsmith sandbox --engine`"),
            (EXECUTION.replace("wait ", "timeout = \"soon\"\n wait "), "must be a duration such as"),
        ] {
            workspace.file("main.tf", &format!("{FLOW}{attributes}"));
            workspace.apply().fails_with(expected);
        }
        assert_eq!(executions(&server), 0);
    });
}

#[test]
fn an_execution_is_waited_for_and_told_on_both_lines() {
    for release in RELEASES {
        let Some(server) = Server::start_with_engine(release) else { return };
        for_each_host(|host| {
            // As long as can be said: longer than any clock counts.
            let waiting = EXECUTION.replace("wait      = false", "timeout   = \"9223372036854775807s\"");
            let workspace = project(host, &server, &format!("{FLOW}{waiting}"));
            workspace.file("flow.yaml", GREETING);
            workspace.apply_and_settle();
            let done = workspace.attributes(ADDRESS);
            assert_eq!(
                (&done["state"], &done["outputs"]),
                (&json!("WARNING"), &json!(r#"{"greeting":"Hello Ann"}"#))
            );
            let run = |task: &str, state: &str, outputs: &str| json!({"task_id": task, "value": null, "state": state, "attempts": 1, "outputs": outputs});
            let runs = [
                run("each", "SUCCESS", "{}"),
                run("greet", "SUCCESS", r#"{"value":"Hello Ann"}"#),
                run("doubt", "WARNING", "{}"),
            ];
            assert_eq!(done["task_runs"], json!(runs));
            workspace.destroy();
            assert_eq!(executions(&server), 0);
        });
    }
}

/// It waits for somebody, and then for longer than any test.
const PAUSED: &str = r#"
id: greeting
namespace: company.team
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
"#;

#[test]
fn an_execution_that_does_not_end_in_time_is_in_the_state_and_killed() {
    let Some(server) = Server::start_with_engine(Release::V1_3) else { return };
    for_each_host(|host| {
        let configuration = |timeout: &str| {
            let attribute = format!("timeout = {timeout:?}");
            FLOW.to_owned() + &EXECUTION.replace("wait      = false", &attribute).replace("inputs ", "#")
        };
        let workspace = project(host, &server, &configuration("5m"));
        // An engine that has executed something once is quick.
        workspace.file("flow.yaml", &PAUSED.replace("flow.Pause", "debug.Return"));
        workspace.apply_and_settle();
        workspace.file("flow.yaml", PAUSED);
        workspace.file("main.tf", &configuration("20s"));
        workspace.apply().fails_with("is PAUSED after 20s have passed");
        assert_eq!(workspace.attributes(ADDRESS)["state"], "PAUSED");
        workspace.destroy();
        assert_eq!(executions(&server), 0);
    });
}
