//! Write-only attributes: sent with their version, kept in no plan and in no state.

use harness::{Workspace, for_each_host};
use serde_json::json;

use super::{NOTE, actions, project, stored};

const CONFIGURATION: &str = r#"
variable "secret" {
  type      = string
  ephemeral = true
}

variable "release" {
  type = number
}

resource "everything_note" "this" {
  shelf             = "den"
  name              = "note"
  secret_wo         = var.secret
  secret_wo_version = var.release
}
"#;

fn give(workspace: &Workspace, secret: &str, release: u8) {
    workspace.file("terraform.tfvars.json", &json!({"secret": secret, "release": release}).to_string());
}

/// Proves: write-only-attributes/in-no-plan-and-no-state, write-only-attributes/sent-with-their-version
/// Proves: resources/create-read-update-delete
#[test]
fn a_write_only_value_is_sent_again_with_its_next_version() {
    for_each_host(|host| {
        let workspace = project(host, CONFIGURATION);
        give(&workspace, "first-word", 1);
        let plan = workspace.plan_json().to_string();
        assert!(plan.contains("secret_wo") && !plan.contains("first-word"), "{plan}");
        workspace.apply_and_settle();
        assert_eq!(stored(&workspace, "den", "note")["secret_length"], json!(10));
        let state = workspace.attributes(NOTE);
        assert_eq!((&state["secret_wo"], &state["secret_length"]), (&json!(null), &json!(10)));

        // Nobody can see that the value is another one.
        give(&workspace, "another-word", 1);
        workspace.plan().is_empty_plan();
        give(&workspace, "another-word", 2);
        assert_eq!(actions(&workspace, NOTE), json!(["update"]));
        workspace.apply_and_settle();
        assert_eq!(stored(&workspace, "den", "note")["secret_length"], json!(12));
        let state = workspace.run(&["state", "pull"]).succeeds().text();
        assert!(!state.contains("another-word"), "{state}");
    });
}

#[test]
fn a_write_only_value_and_its_version_go_together() {
    for_each_host(|host| {
        let workspace = project(host, &CONFIGURATION.replace("  secret_wo_version = var.release\n", ""));
        give(&workspace, "first-word", 1);
        let refused = workspace
            .plan()
            .fails_with("All or none of these can be set: secret_wo, secret_wo_version.")
            .says("with everything_note.this");
        assert!(!refused.text().contains("first-word"), "{refused}");
    });
}
