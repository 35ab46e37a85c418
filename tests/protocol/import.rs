//! Imports by id, and the configuration that the CLI writes for them.

use harness::for_each_host;
use serde_json::json;

use super::{NOTE, project, stored};

const CONFIGURATION: &str = r#"
resource "everything_note" "this" {
  shelf  = "den"
  name   = "note"
  text   = "hello"
  colour = "yellow"
  labels = { a = "b" }
  lines  = [{ text = "one", with = "ink" }]
  stamp {
    motif = "owl"
  }
}
"#;

/// Proves: import/import-by-id, import/import-then-no-change
#[test]
fn an_object_is_imported_by_its_id() {
    for_each_host(|host| {
        let workspace = project(host, CONFIGURATION);
        workspace.apply_and_settle();
        workspace.run(&["state", "rm", NOTE]).succeeds();
        workspace.import(NOTE, "den/note").succeeds();
        workspace.plan().is_empty_plan();

        workspace.run(&["state", "rm", NOTE]).succeeds();
        workspace.file("import.tf", "import {\n  to = everything_note.this\n  id = \"den/note\"\n}\n");
        workspace.apply_and_settle().says("1 imported, 0 added, 0 changed, 0 destroyed");
    });
}

/// Proves: import/malformed-id, import/import-of-nothing
#[test]
fn an_id_that_names_nothing_is_refused() {
    for_each_host(|host| {
        let workspace = project(host, CONFIGURATION);
        workspace.import(NOTE, "den").fails_with("The id must have the form shelf/name; got \"den\".");
        workspace.import(NOTE, "den/nothing").fails_with("Cannot import non-existent remote object");
    });
}

/// Proves: import/import-then-no-change
#[test]
fn the_cli_writes_the_configuration_of_an_import() {
    for_each_host(|host| {
        let workspace = project(host, CONFIGURATION);
        workspace.apply_and_settle();
        workspace.run(&["state", "rm", NOTE]).succeeds();
        workspace.file("main.tf", "import {\n  to = everything_note.this\n  id = \"den/note\"\n}\n");
        workspace.run(&["plan", "-no-color", "-generate-config-out=generated.tf"]).succeeds();
        let generated = workspace.text("generated.tf").expect("the configuration");
        assert!(generated.contains("= \"hello\"") && !generated.contains("revision"), "{generated}");
        workspace.apply_and_settle().says("1 imported, 0 added, 0 changed, 0 destroyed");
        assert_eq!(stored(&workspace, "den", "note")["revision"], json!(1));
    });
}
