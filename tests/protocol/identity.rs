//! Identities: in the state, for imports, and through versions of their schema. Terraform has them since 1.12.

use harness::{for_each_host, has_identities};
use serde_json::json;

use super::{NOTE, note, project};

const IMPORT: &str = r#"
import {
  to = everything_note.this
  identity = {
    shelf = "den"
    name  = "note"
  }
}
"#;

/// Proves on OpenTofu: identity/identity-in-the-state, identity/attributes-that-the-provider-fills-in
#[test]
fn the_state_holds_the_identity_where_the_host_knows_identities() {
    for_each_host(|host| {
        let workspace = project(host, &note(""));
        workspace.apply_and_settle();
        let state = workspace.run(&["state", "pull"]).succeeds().json();
        let instance = &state["resources"][0]["instances"][0];
        if has_identities(host) {
            assert_eq!(instance["identity"], json!({"shelf": "den", "name": "note", "house": "main"}));
            assert_eq!(instance["identity_schema_version"], json!(1));
        } else {
            assert_eq!(instance["identity"], json!(null));
        }
    });
}

/// Proves on OpenTofu: identity/import-by-identity
#[test]
fn an_object_is_imported_by_its_identity() {
    for_each_host(|host| {
        if !has_identities(host) {
            return;
        }
        let workspace = project(host, &note("text = \"hello\""));
        workspace.apply_and_settle();
        workspace.run(&["state", "rm", NOTE]).succeeds();
        workspace.file("import.tf", IMPORT);
        workspace.apply_and_settle().says("1 imported, 0 added, 0 changed, 0 destroyed");
        assert_eq!(workspace.attributes(NOTE)["text"], "hello");
    });
}

#[test]
fn an_identity_that_names_nothing_is_refused() {
    for_each_host(|host| {
        if !has_identities(host) {
            return;
        }
        let workspace = project(host, &note(""));
        workspace.file("import.tf", IMPORT);
        workspace.plan().fails_with("Cannot import non-existent remote object");
        workspace.file("import.tf", &IMPORT.replace("    name  = \"note\"\n", ""));
        workspace.plan().fails_with("attribute \"name\" is required");
    });
}
