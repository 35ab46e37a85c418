//! The provider's own configuration: aliases, values that are not known yet, and what a module says about itself.

use harness::{for_each_host, is_tofu};
use serde_json::json;

use super::{NOTE, PROVIDER, empty, note, project, stored};

/// Proves: provider/configuration, provider/one-configuration-per-alias
#[test]
fn each_alias_has_a_configuration_of_its_own() {
    for_each_host(|host| {
        let workspace = project(host, &note(""));
        workspace
            .file("alias.tf", "provider \"everything\" {\n  alias = \"other\"\n  folder = \"other\"\n}\n");
        workspace
            .file("other.tf", &note("").replace("\"this\" {", "\"that\" {\n  provider = everything.other"));
        workspace.apply_and_settle().says("2 added");
        assert!(
            workspace.text("store/note/den/note").is_some()
                && workspace.text("other/note/den/note").is_some()
        );
    });
}

#[test]
fn a_missing_configuration_is_told() {
    for_each_host(|host| {
        let workspace = empty(host);
        workspace.file("main.tf", &(PROVIDER.replace("folder = \"store\"", "") + &note("")));
        workspace.init();
        workspace.plan().fails_with("The argument \"folder\" is required");
    });
}

/// Proves: provider/configuration-known-only-after-apply
#[test]
fn a_configuration_that_is_not_known_yet_is_told() {
    for_each_host(|host| {
        let workspace = empty(host);
        workspace.file("provider.tf", &PROVIDER.replace("\"store\"", "terraform_data.folder.output"));
        let folder = "resource \"terraform_data\" \"folder\" {\n  input = \"store\"\n}\n";
        workspace.file("main.tf", &(note("") + folder));
        workspace.init();
        workspace.validate().succeeds();
        workspace
            .plan()
            .fails_with("The folder is known only after apply.")
            .says("with everything_note.this");
        workspace.run(&["apply", "-no-color", "-auto-approve", "-target=terraform_data.folder"]).succeeds();
        workspace.apply_and_settle();
        assert_eq!(stored(&workspace, "den", "note")["revision"], json!(1));
    });
}

/// Proves: provider/provider-meta
#[test]
fn a_module_says_who_wrote_it() {
    for_each_host(|host| {
        let meta =
            |lines: &str| format!("terraform {{\n  provider_meta \"everything\" {{\n{lines}\n  }}\n}}\n");
        let workspace = project(host, &note(""));
        workspace.file("meta.tf", &meta("author = \"ann\""));
        workspace.apply_and_settle();
        assert_eq!(workspace.attributes(NOTE)["author"], "ann");
        workspace.file("meta.tf", &meta("other = 2"));
        workspace
            .plan()
            .fails_with("Unsupported argument")
            .says("An argument named \"other\" is not expected here.");
    });
}

const BY_KEY: &str = r#"
locals {
  folders = toset(["one", "other"])
}

provider "everything" {
  alias    = "by_key"
  for_each = local.folders
  folder   = each.key
}

resource "everything_note" "this" {
  for_each = local.folders
  provider = everything.by_key[each.key]
  shelf    = "den"
  name     = "note"
}
"#;

/// Proves on OpenTofu: provider-iteration/one-configuration-per-key
#[test]
fn each_key_may_have_a_configuration_of_its_own() {
    for_each_host(|host| {
        if !is_tofu(host) {
            return;
        }
        let workspace = project(host, BY_KEY);
        workspace.apply_and_settle().says("2 added");
        assert!(["one", "other"].iter().all(|key| workspace.text(format!("{key}/note/den/note")).is_some()));
        workspace.destroy();
    });
}
