//! Plans: what is computed, what stays, what is replaced and what means the same.

use harness::{Workspace, for_each_host};
use serde_json::{Value, json};

use super::{NOTE, actions, note, project, stored};

fn change(workspace: &Workspace) -> Value {
    workspace.plan_json()["resource_changes"][0]["change"].clone()
}

/// Proves: plan/computed-values-are-unknown-only-when-something-changes, plan/keep-state-when-unknown
#[test]
fn only_what_may_change_is_unknown() {
    for_each_host(|host| {
        let workspace = project(host, &note("text = \"a\""));
        let created = change(&workspace);
        let after = &created["after"];
        assert_eq!(
            (&after["id"], &after["house"], &after["colour"]),
            (&json!("den/note"), &json!("main"), &json!("white"))
        );
        assert_eq!(created["after_unknown"], json!({"revision": true, "stamp": []}));
        workspace.apply_and_settle();

        workspace.file("main.tf", &note("text = \"b\""));
        let changed = change(&workspace);
        assert_eq!(changed["after"]["first_name"], "note");
        // What was decided to be nothing is kept as well.
        assert_eq!((&changed["before"]["author"], &changed["after"]["author"]), (&json!(null), &json!(null)));
        assert_eq!(changed["after_unknown"], json!({"revision": true, "stamp": []}));
        workspace.apply_and_settle();
        assert_eq!(workspace.attributes(NOTE)["revision"], json!(2));
    });
}

/// Proves: plan/two-spellings-of-one-value
#[test]
fn another_spelling_is_no_change() {
    for_each_host(|host| {
        let workspace = project(host, &note("text = \"a\""));
        workspace.apply_and_settle();
        workspace.file("main.tf", &note("text = \"  a\\n\""));
        workspace.plan().is_empty_plan();
        workspace.file("main.tf", &note("text = \"  b\\n\""));
        workspace.apply_and_settle();
        assert_eq!(stored(&workspace, "den", "note")["text"], "  b\n");
    });
}

/// What is written first, what then, and what that makes of the object.
fn changes() -> [(&'static str, &'static str, Value); 4] {
    let (update, replace) = (json!(["update"]), json!(["delete", "create"]));
    let line = "lines = [{ text = \"a\", with = \"ink\" }]";
    [
        ("colour = \"white\"", "colour = \"yellow\"", update.clone()),
        ("colour = \"white\"", "colour = \"black\"", replace.clone()),
        (line, "lines = [{ text = \"b\", with = \"ink\" }]", update),
        (line, "lines = [{ text = \"a\", with = \"pencil\" }]", replace),
    ]
}

/// Proves: plan/requires-replace-by-condition, plan/requires-replace-in-nested-attributes
#[test]
fn some_changes_need_another_object() {
    for_each_host(|host| {
        let workspace = project(host, "");
        for (before, after, expected) in changes() {
            workspace.file("main.tf", &note(before));
            workspace.apply_and_settle();
            workspace.file("main.tf", &note(after));
            assert_eq!(actions(&workspace, NOTE), expected, "{after}");
            workspace.apply_and_settle();
            workspace.destroy();
        }
    });
}

/// Proves: plan/requires-replace
#[test]
fn another_identity_is_another_object() {
    for_each_host(|host| {
        let workspace = project(host, &note(""));
        workspace.apply_and_settle();
        workspace.file("main.tf", &note("").replace("\"note\"", "\"other\""));
        workspace.plan().plans_changes().says("forces replacement");
        workspace.apply_and_settle().says("1 added, 0 changed, 1 destroyed");
        assert_eq!(workspace.attributes(NOTE)["first_name"], "other");
        assert_eq!(stored(&workspace, "den", "note"), json!(null));
    });
}

const REFINED: &str = r#"
resource "terraform_data" "this" {}

resource "everything_note" "this" {
  shelf = "den"
  name  = "note"
  text  = "a-${terraform_data.this.id}"
}

output "begins" {
  value = startswith(everything_note.this.text, "a-")
}
"#;

/// Proves: values/refinements-of-unknown-values
#[test]
fn what_is_certain_about_an_unknown_value_is_planned_too() {
    for_each_host(|host| {
        let workspace = project(host, REFINED);
        let plan = workspace.plan_json();
        assert_eq!(plan["output_changes"]["begins"]["after"], json!(true), "{plan}");
        workspace.apply_and_settle();
    });
}
