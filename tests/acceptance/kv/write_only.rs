//! A write-only value reaches the server and nothing else: no plan, no state, no output.

use harness::{Server, Workspace, for_each_host};
use serde_json::json;

use super::{project, put, stored};

const CONFIGURATION: &str = r#"
variable "secret" {
  type      = string
  ephemeral = true
}

variable "release" {
  type = number
}

resource "kestra_kv" "this" {
  namespace        = "company.team"
  key              = "token"
  value_wo         = var.secret
  value_wo_version = var.release
}
"#;

const ADDRESS: &str = "kestra_kv.this";

/// Gives the configuration this value and version.
fn give(workspace: &Workspace, secret: &str, release: u8) {
    workspace.file("terraform.tfvars.json", &json!({"secret": secret, "release": release}).to_string());
}

/// Neither the state nor a plan of it holds the text.
fn keeps_quiet(workspace: &Workspace, secret: &str) {
    let plan = workspace.plan_json().to_string();
    assert!(!plan.contains(secret), "the plan holds {secret}: {plan}");
    let state = workspace.run(&["state", "pull"]).succeeds().text();
    assert!(state.contains("company.team"), "{state}");
    assert!(!state.contains(secret), "the state holds {secret}: {state}");
}

#[test]
fn a_write_only_value_is_sent_with_its_version_and_kept_nowhere() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, CONFIGURATION);
        give(&workspace, "first-Xq7", 1);
        let applied = workspace.apply_and_settle().text();
        assert!(!applied.contains("first-Xq7"), "{applied}");
        assert_eq!(stored(&server, "token"), ("STRING".to_owned(), json!("first-Xq7")));
        keeps_quiet(&workspace, "first-Xq7");

        give(&workspace, "20250101", 1);
        workspace.plan().is_empty_plan();
        give(&workspace, "20250101", 2);
        workspace.apply_and_settle().says("0 added, 1 changed, 0 destroyed");
        assert_eq!(stored(&server, "token"), ("NUMBER".to_owned(), json!(20_250_101)));
        assert_eq!(workspace.attributes(ADDRESS)["type"], "NUMBER");
        keeps_quiet(&workspace, "20250101");
    });
}

#[test]
fn what_others_write_is_noticed_and_not_stored_either() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, CONFIGURATION);
        give(&workspace, "ours-Xq7", 1);
        workspace.apply_and_settle();
        // An apply that changes nothing saves what its refresh has seen.
        workspace.apply().succeeds();

        put(&server, "token", "\"theirs-Zk2\"");
        workspace.plan().plans_changes();
        workspace.run(&["apply", "-no-color", "-auto-approve", "-refresh-only"]).succeeds();
        keeps_quiet(&workspace, "theirs-Zk2");
        workspace.plan().plans_changes();
        workspace.apply_and_settle().says("0 added, 1 changed, 0 destroyed");
        assert_eq!(stored(&server, "token").1, json!("ours-Xq7"));
        keeps_quiet(&workspace, "theirs-Zk2");
    });
}
