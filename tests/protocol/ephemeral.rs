//! Ephemeral resources: what they give reaches write-only attributes in plan and apply, and nothing else ever.

use std::fs;

use harness::for_each_host;
use serde_json::json;

use super::{project, stored};

const CONFIGURATION: &str = r#"
ephemeral "everything_token" "this" {
  shelf = "den"
}

resource "everything_note" "this" {
  shelf             = "den"
  name              = "note"
  secret_wo         = ephemeral.everything_token.this.value
  secret_wo_version = 1
}
"#;

/// What the provider makes of that shelf's name.
const TOKEN: &str = "token-of-den";

const OPENING: &str = "ephemeral.everything_token.this: Opening...";
const CLOSING: &str = "ephemeral.everything_token.this: Closing...";

/// Proves: ephemeral-resources/value-in-a-write-only-attribute-and-nowhere-else
/// Proves: schema/sensitive-values-in-no-message
#[test]
fn an_ephemeral_value_is_sent_and_kept_nowhere() {
    for_each_host(|host| {
        let logs = tempfile::tempdir().expect("a folder for logs");
        let log = logs.path().join("host.log");
        let workspace =
            project(host, CONFIGURATION).env("TF_LOG", "TRACE").env("TF_LOG_PATH", log.display().to_string());
        let plan = workspace.plan_json().to_string();
        assert!(plan.contains("secret_wo_version") && !plan.contains(TOKEN), "{plan}");
        let applied = workspace.apply_and_settle();
        assert!(!applied.text().contains(TOKEN), "{applied}");

        // The provider saw it: it counted its letters.
        assert_eq!(stored(&workspace, "den", "note")["secret_length"], json!(TOKEN.len()));
        let state = workspace.run(&["state", "pull"]).succeeds().text();
        assert!(state.contains("secret_wo_version") && !state.contains(TOKEN), "{state}");
        let log = fs::read_to_string(&log).expect("the log of all commands");
        assert!(log.contains("OpenEphemeralResource") && !log.contains(TOKEN), "the log holds the token");
    });
}

/// Proves: ephemeral-resources/open-in-plan-and-apply, ephemeral-resources/close
#[test]
fn an_ephemeral_resource_is_opened_and_closed_in_plan_and_in_apply() {
    for_each_host(|host| {
        let workspace = project(host, CONFIGURATION);
        workspace.run(&["plan", "-no-color", "-out=plan.tfplan"]).succeeds().says(OPENING).says(CLOSING);
        assert_eq!(workspace.text("store/token/den"), None, "the token of the plan was not closed");
        workspace.run(&["apply", "-no-color", "plan.tfplan"]).succeeds().says(OPENING).says(CLOSING);
        assert_eq!(workspace.text("store/token/den"), None, "the token of the apply was not closed");
    });
}

/// Proves: ephemeral-resources/wait-for-what-is-unknown
#[test]
fn an_ephemeral_resource_waits_for_what_it_depends_on() {
    for_each_host(|host| {
        let configuration = CONFIGURATION.replace("\"den\"", "terraform_data.shelf.output");
        let shelf = "resource \"terraform_data\" \"shelf\" {\n  input = \"den\"\n}\n";
        let workspace = project(host, &format!("{configuration}{shelf}"));
        let planned = workspace.plan().plans_changes();
        assert!(!planned.text().contains(OPENING), "{planned}");
        workspace.apply_and_settle().says(OPENING).says(CLOSING);
        assert_eq!(stored(&workspace, "den", "note")["secret_length"], json!(TOKEN.len()));
    });
}

/// Proves: ephemeral-resources/validation
#[test]
fn a_token_for_no_shelf_is_refused() {
    for_each_host(|host| {
        let workspace = project(host, "ephemeral \"everything_token\" \"this\" {\n  shelf = \"\"\n}\n");
        let refused = workspace.validate().fails_with("shelf must be of a length of at least 1; got \"\".");
        refused.says("with ephemeral.everything_token.this, on main.tf line 2");
    });
}
