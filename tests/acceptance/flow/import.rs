//! A flow that exists comes into a state in every way that the hosts have, and the plan after it is empty.

use cli::host::Host;
use harness::{Server, Workspace, for_each_host, has_identities};
use serde_json::json;

use super::{ADDRESS, CONFIGURATION, FLOW, project};

const BY_ID: &str = r#"
import {
  to = kestra_flow.this
  id = "company.team/hello"
}
"#;

const BY_IDENTITY: &str = r#"
import {
  to = kestra_flow.this
  identity = {
    namespace = "company.team"
    flow_id   = "hello"
  }
}
"#;

#[test]
fn the_command_imports_what_apply_would_have_saved() {
    for_each_host(|host| {
        let server = Server::start();
        let applied = project(host, &server, CONFIGURATION);
        applied.file("flow.yaml", FLOW);
        applied.apply_and_settle();

        let imported = project(host, &server, CONFIGURATION);
        imported.file("flow.yaml", FLOW);
        imported.import(ADDRESS, "company.team/hello").succeeds();
        imported.run(&["plan", "-no-color", "-detailed-exitcode", "-refresh=false"]).is_empty_plan();
        imported.plan().is_empty_plan();
        assert_eq!(imported.attributes(ADDRESS), applied.attributes(ADDRESS));
    });
}

#[test]
fn a_block_imports_by_id_or_by_identity() {
    for_each_host(|host| {
        let server = Server::start();
        server.ask(async |kestra| kestra.flows().create(FLOW).await);
        imported_by(host, &server, BY_ID);
        if has_identities(host) {
            let workspace = imported_by(host, &server, BY_IDENTITY);
            let state = workspace.state();
            let identity = &state["values"]["root_module"]["resources"][0]["identity"];
            assert_eq!(identity, &json!({"namespace": "company.team", "flow_id": "hello"}));
        }
    });
}

#[test]
fn what_cannot_be_imported_is_told_apart() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, CONFIGURATION);
        workspace.file("flow.yaml", FLOW);
        workspace.import(ADDRESS, "company.team/hello").fails_with("non-existent remote object");
        workspace.import(ADDRESS, "hello").fails_with("namespace/flow_id");
        assert_eq!(workspace.attributes(ADDRESS), json!(null));
    });
}

/// Imports with `block`, which must change nothing on the server.
fn imported_by(host: &Host, server: &Server, block: &str) -> Workspace {
    let workspace = project(host, server, CONFIGURATION);
    workspace.file("flow.yaml", FLOW);
    workspace.file("import.tf", block);
    let plan = workspace.plan_json();
    let change = &plan["resource_changes"][0]["change"];
    assert_eq!(change["actions"], json!(["no-op"]), "{change}");
    assert!(change["importing"].is_object(), "{change}");
    workspace.apply_and_settle().says("1 imported, 0 added, 0 changed, 0 destroyed");
    assert_eq!(workspace.attributes(ADDRESS)["revision"], 1);
    workspace
}
