//! `kestra_flow` from creation to destruction, and what others do to a flow in between.

mod creation;
mod drift;
mod gateway;
mod import;
mod lifecycle;
mod refusal;

use client::Error;
use harness::{Server, for_each_host, for_each_line};
use serde_json::json;

use super::{actions, project};

const CONFIGURATION: &str = r#"
resource "kestra_flow" "this" {
  content = file("${path.module}/flow.yaml")
}
"#;

const ADDRESS: &str = "kestra_flow.this";

const FLOW: &str = "\
id: hello
namespace: company.team

tasks:
  # Says hello.
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
";

/// Whether the server has no flow of this id in `company.team`.
fn is_gone(server: &Server, id: &str) -> bool {
    match server.try_ask(async |kestra| kestra.flows().get("company.team", id).await) {
        Ok(_) => false,
        Err(Error::NotFound { .. }) => true,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_flow_is_stored_letter_by_letter_and_destroyed() {
    for_each_line(|host, server| {
        let workspace = project(host, server, CONFIGURATION);
        workspace.file("flow.yaml", FLOW);
        workspace.validate().succeeds();
        workspace.apply_and_settle();

        let attributes = workspace.attributes(ADDRESS);
        let expected = json!({
            "id": "company.team/hello", "namespace": "company.team", "flow_id": "hello",
            "content": FLOW, "revision": 1, "tenant_id": "main",
        });
        assert_eq!(attributes, expected);
        let stored = server.ask(async |kestra| kestra.flows().get("company.team", "hello").await);
        assert_eq!(stored.source.as_deref(), Some(FLOW));

        workspace.destroy();
        assert!(is_gone(server, "hello"));
    });
}

#[test]
fn a_changed_text_is_deployed_even_when_only_a_comment_changed() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, CONFIGURATION);
        workspace.file("flow.yaml", FLOW);
        workspace.apply_and_settle();

        let changed = FLOW.replace("Says hello.", "Says hello to everybody.");
        workspace.file("flow.yaml", &changed);
        assert_eq!(actions(&workspace), json!(["update"]));
        workspace.apply_and_settle();
        assert_eq!(workspace.attributes(ADDRESS)["revision"], 2);
        let stored = server.ask(async |kestra| kestra.flows().get("company.team", "hello").await);
        assert_eq!((stored.source, stored.revision), (Some(changed), 2));
    });
}

#[test]
fn another_id_is_another_flow() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, CONFIGURATION);
        workspace.file("flow.yaml", FLOW);
        workspace.apply_and_settle();

        workspace.file("flow.yaml", &FLOW.replace("id: hello", "id: welcome"));
        assert_eq!(actions(&workspace), json!(["delete", "create"]));
        workspace.apply_and_settle();
        let flows = server.ask(async |kestra| kestra.flows().list("company.team").await);
        let ids: Vec<_> = flows.iter().map(|flow| &*flow.id).collect();
        assert_eq!(ids, ["welcome"]);
    });
}

#[test]
fn what_others_changed_is_put_right() {
    for_each_line(|host, server| {
        let workspace = project(host, server, CONFIGURATION);
        workspace.file("flow.yaml", FLOW);
        workspace.apply_and_settle();

        let edited = FLOW.replace("Hello", "Goodbye");
        server.ask(async |kestra| kestra.flows().update("company.team", "hello", &edited).await);
        assert_eq!(actions(&workspace), json!(["update"]));
        workspace.apply_and_settle();

        server.ask(async |kestra| kestra.flows().delete("company.team", "hello").await);
        assert_eq!(actions(&workspace), json!(["create"]));
        workspace.apply_and_settle();
        let stored = server.ask(async |kestra| kestra.flows().get("company.team", "hello").await);
        assert_eq!(stored.source.as_deref(), Some(FLOW));
    });
}

#[test]
fn a_flow_that_exists_is_imported_and_not_overwritten() {
    for_each_line(|host, server| {
        server.ask(async |kestra| kestra.flows().create(FLOW).await);
        let workspace = project(host, server, CONFIGURATION);
        workspace.file("flow.yaml", FLOW);
        workspace.apply().fails_with("already exists");

        workspace.import(ADDRESS, "company.team/hello").succeeds();
        workspace.plan().is_empty_plan();
        assert_eq!(workspace.attributes(ADDRESS)["revision"], 1);
        workspace.import("kestra_flow.other", "company.team/missing").fails_with("kestra_flow.other");
    });
}

#[test]
fn a_broken_flow_is_refused_before_anything_is_written() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, CONFIGURATION);
        let check = |from: &str, to: &str, what: &str, place: &str| {
            workspace.file("flow.yaml", &FLOW.replace(from, to));
            for run in [workspace.validate(), workspace.plan()] {
                run.fails_with(what).says(place).says("content = file(");
            }
        };
        check("id: greet", "id: [greet", "Invalid flow", "line 7, column 9");
        check("  - id: greet\n    type", "  - type", "tasks[0].id: is required", "line 6, column 5");
        check("id: greet", "id: gr!eet", "tasks[0].id", "line 6, column 9");
        check("namespace: company.team\n", "", "namespace: is required", "line 1");
        let flows = server.ask(async |kestra| kestra.flows().search(&[]).await);
        assert_eq!(flows, []);
    });
}

#[test]
fn who_changes_when_a_flow_starts_is_told() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, CONFIGURATION);
        let daily = |cron: &str| {
            format!(
                "{FLOW}triggers:\n  - id: daily\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: \"{cron}\"\n"
            )
        };
        workspace.file("flow.yaml", &daily("0 6 * * *"));
        workspace.apply_and_settle();
        workspace.file("flow.yaml", &daily("0 7 * * *"));
        workspace.plan().plans_changes().says("Flow starts differently").says("this changes the schedule");
        workspace.file("flow.yaml", &daily("0 6 * * *").replace("Hello", "Goodbye"));
        let plan = workspace.plan().plans_changes();
        assert!(!plan.text().contains("starts differently"), "{plan}");
    });
}
