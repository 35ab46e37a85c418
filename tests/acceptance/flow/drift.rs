//! What others do to a flow between two runs: rewritings that mean the same are let be, the rest is put right.

use harness::{Server, Workspace, for_each_host};

use super::{ADDRESS, CONFIGURATION, FLOW, actions, is_gone, project};

/// The same flow as another tool would write it: no comment, other quotes, other order.
const REWRITTEN: &str = r#"{"namespace": "company.team", "id": "hello", "tasks":
  [{"message": "Hello", "type": "io.kestra.plugin.core.log.Log", "id": "greet"}]}
"#;

#[test]
fn a_rewriting_that_means_the_same_is_no_difference() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = deployed(host, &server);
        server.ask(async |kestra| kestra.flows().update("company.team", "hello", REWRITTEN).await);

        workspace.plan().is_empty_plan();
        workspace.apply().succeeds().says("0 changed");
        let stored = server.ask(async |kestra| kestra.flows().get("company.team", "hello").await);
        assert_eq!(stored.source.as_deref(), Some(REWRITTEN));
        assert_eq!(workspace.attributes(ADDRESS)["revision"], 2);
        assert_eq!(workspace.attributes(ADDRESS)["content"], FLOW);

        // The spelling is still the configuration's to change.
        workspace.file("flow.yaml", &FLOW.replace("Says", "Shouts"));
        workspace.apply_and_settle().says("1 changed");
        assert_eq!(workspace.attributes(ADDRESS)["revision"], 3);
    });
}

#[test]
fn a_flow_that_others_deleted_is_destroyed_already() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = deployed(host, &server);
        let delete = async |kestra: client::Client| kestra.flows().delete("company.team", "hello").await;

        server.ask(delete);
        workspace.run(&["destroy", "-no-color", "-auto-approve", "-refresh=false"]).succeeds();
        assert_eq!(workspace.attributes(ADDRESS), serde_json::Value::Null);

        workspace.apply_and_settle();
        server.ask(delete);
        workspace.destroy();
        assert!(is_gone(&server, "hello"));
    });
}

#[test]
fn an_update_of_a_flow_that_others_deleted_fails_and_the_next_run_creates_it() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = deployed(host, &server);
        server.ask(async |kestra| kestra.flows().delete("company.team", "hello").await);

        let changed = FLOW.replace("Hello", "Good morning");
        workspace.file("flow.yaml", &changed);
        let blind = workspace.run(&["apply", "-no-color", "-auto-approve", "-refresh=false"]);
        blind.fails_with("Could not update the flow").says("not found");
        assert_eq!(workspace.attributes(ADDRESS)["content"], FLOW, "the state is as it was");

        assert_eq!(actions(&workspace), serde_json::json!(["create"]));
        workspace.apply_and_settle();
        let stored = server.ask(async |kestra| kestra.flows().get("company.team", "hello").await);
        assert_eq!(stored.source, Some(changed));
    });
}

#[test]
fn what_is_told_to_be_ignored_is() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = deployed(host, &server);
        workspace.file(
            "main.tf",
            &CONFIGURATION
                .replace("flow.yaml\")", "flow.yaml\")\n  lifecycle {\n    ignore_changes = all\n  }"),
        );
        workspace.file("flow.yaml", &FLOW.replace("Hello", "Never sent"));
        let edited = FLOW.replace("Hello", "Theirs");
        server.ask(async |kestra| kestra.flows().update("company.team", "hello", &edited).await);
        workspace.apply_and_settle().says("0 added, 0 changed, 0 destroyed");
        assert_eq!(workspace.attributes(ADDRESS)["content"], edited);
    });
}

fn deployed(host: &cli::host::Host, server: &Server) -> Workspace {
    let workspace = project(host, server, CONFIGURATION);
    workspace.file("flow.yaml", FLOW);
    workspace.apply_and_settle();
    workspace
}
