//! `moved` blocks across types and across providers.

use harness::for_each_host;
use serde_json::json;

use super::{PROVIDER, empty, project};

const MEMO: &str = r#"
resource "everything_memo" "this" {
  shelf = "den"
  name  = "note"
  text  = "hello"
}
"#;

const CONFIGURATION: &str = r#"
resource "everything_note" "this" {
  shelf = "den"
  name  = "note"
  text  = "hello"
}

moved {
  from = everything_memo.this
  to   = everything_note.this
}
"#;

/// Proves: state/moved-across-types
#[test]
fn a_memo_becomes_a_note() {
    for_each_host(|host| {
        let workspace = project(host, MEMO);
        workspace.apply_and_settle();
        workspace.file("main.tf", CONFIGURATION);
        // A memo has no colour yet.
        workspace.apply_and_settle().says("0 added, 1 changed, 0 destroyed");
        assert_eq!(workspace.attributes("everything_note.this")["id"], "den/note");
        assert_eq!(workspace.attributes("everything_memo.this"), json!(null));
    });
}

/// Proves: state/move-refused
#[test]
fn a_note_becomes_no_memo() {
    for_each_host(|host| {
        let workspace = project(host, &CONFIGURATION.replace("everything_memo.this", "everything_note.old"));
        workspace.apply_and_settle();
        let memo =
            format!("{MEMO}moved {{\n  from = everything_note.this\n  to = everything_memo.this\n}}\n");
        workspace.file("main.tf", &memo);
        workspace
            .plan()
            .fails_with(
                "This provider cannot turn everything_note of example/everything into everything_memo.",
            )
            .says("write a `removed` block");
    });
}

/// As another provider's version 7 of its jottings left it.
fn jotting() -> String {
    json!({
        "version": 4, "terraform_version": "1.11.0", "serial": 1, "lineage": "other", "outputs": {},
        "resources": [{
            "mode": "managed", "type": "other_jotting", "name": "this",
            "provider": "provider[\"registry.terraform.io/example/other\"]",
            "instances": [{
                "schema_version": 7,
                "attributes": {"shelf": "den", "name": "note", "text": "hello", "ink": "blue"},
                "sensitive_attributes": [], "private": "bnVsbA==",
            }],
        }],
    })
    .to_string()
}

/// Proves: state/moved-across-providers
#[test]
fn another_providers_object_is_taken_over() {
    for_each_host(|host| {
        let workspace = empty(host);
        let provider = PROVIDER.replace("example/everything", "registry.terraform.io/example/everything");
        workspace.file("provider.tf", &provider);
        workspace.file(
            "main.tf",
            &format!("{MEMO}moved {{\n  from = other_jotting.this\n  to = everything_memo.this\n}}\n"),
        );
        workspace.file("terraform.tfstate", &jotting());
        workspace.file("store/note/den/note", r#"{"shelf": "den", "name": "note", "text": "hello"}"#);
        workspace.init();
        workspace.apply_and_settle().says("0 added, 0 changed, 0 destroyed");
        assert_eq!(workspace.attributes("everything_memo.this")["text"], "hello");
        assert_eq!(workspace.attributes("other_jotting.this"), json!(null));
        workspace.destroy();
    });
}
