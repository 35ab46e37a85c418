//! Data sources: read in the plan where that can be, and otherwise in the apply.

use harness::for_each_host;
use serde_json::json;

use super::{actions, project};

const CONFIGURATION: &str = r#"
resource "everything_note" "this" {
  shelf = "den"
  name  = "note"
  text  = "hello"
}

data "everything_note" "this" {
  shelf = everything_note.this.shelf
  name  = "note"
}

output "text" {
  value = data.everything_note.this.text
}
"#;

/// Proves: data-sources/read-in-the-plan, data-sources/read-in-the-apply
#[test]
fn a_data_source_is_read_when_what_it_needs_is_there() {
    for_each_host(|host| {
        let workspace = project(host, CONFIGURATION);
        workspace.apply_and_settle();
        assert_eq!(workspace.output("text"), json!("hello"));
        // What the plan has read needs no step of its own.
        assert_eq!(actions(&workspace, "data.everything_note.this"), json!(null));

        let shelf = "resource \"terraform_data\" \"shelf\" {\n  input = \"den\"\n}\n";
        let waiting = CONFIGURATION.replace("everything_note.this.shelf", "terraform_data.shelf.output");
        workspace.file("main.tf", &(waiting + shelf));
        assert_eq!(actions(&workspace, "data.everything_note.this"), json!(["read"]));
        workspace.apply_and_settle();
        assert_eq!(workspace.output("text"), json!("hello"));
    });
}

/// A note that is not there.
fn data(shelf: &str) -> String {
    format!("data \"everything_note\" \"this\" {{\n  shelf = \"{shelf}\"\n  name = \"nothing\"\n}}\n")
}

/// Proves: data-sources/nothing-found, data-sources/validation
#[test]
fn what_is_not_there_is_an_error() {
    for_each_host(|host| {
        let workspace = project(host, &data("den"));
        workspace.plan().fails_with("There is no note den/nothing.").says("with data.everything_note.this");
        workspace.file("main.tf", &data(""));
        workspace.validate().fails_with("shelf must be of a length of at least 1").says("on main.tf line 2");
    });
}
