//! The plugin protocol on real hosts: the example provider that has everything, driven through Terraform and OpenTofu.
//! Each file is one capability; what users see is what is asserted.

mod checks;
mod data_source;
mod debug;
mod ephemeral;
mod functions;
mod identity;
mod import;
mod lifecycle;
mod moved;
mod planning;
mod provider;
mod upgrade;
mod values;
mod write_only;

use std::path::Path;

use cli::host::Host;
use harness::{Workspace, binaries};
use serde_json::Value;

/// The root module's head. The shelves are in a folder of the project.
const PROVIDER: &str = r#"
terraform {
  required_providers {
    everything = {
      source = "example/everything"
    }
  }
}

provider "everything" {
  folder = "store"
}
"#;

/// A project with the provider in reach, under the name too that another provider had. Not initialised yet.
fn empty(host: &Host) -> Workspace {
    Workspace::with_provider(host, &binaries::example("everything"), &["example/everything", "example/other"])
}

/// An initialised project.
fn project(host: &Host, configuration: &str) -> Workspace {
    let workspace = empty(host);
    workspace.file("provider.tf", PROVIDER);
    workspace.file("main.tf", configuration);
    workspace.init();
    workspace
}

/// The note that most projects are about.
const NOTE: &str = "everything_note.this";

/// The configuration of that note, with these lines in it.
fn note(lines: &str) -> String {
    format!("resource \"everything_note\" \"this\" {{\n  shelf = \"den\"\n  name = \"note\"\n{lines}\n}}\n")
}

/// What the shelves hold under this name, past the provider.
fn stored(workspace: &Workspace, shelf: &str, name: &str) -> Value {
    let text = workspace.text(Path::new("store/note").join(shelf).join(name));
    text.map_or(Value::Null, |text| serde_json::from_str(&text).expect("the store holds JSON"))
}

/// What a plan would do to an object.
fn actions(workspace: &Workspace, address: &str) -> Value {
    let plan = workspace.plan_json();
    let changes = plan["resource_changes"].as_array().cloned().unwrap_or_default();
    let change = changes.into_iter().find(|change| change["address"] == address);
    change.map_or(Value::Null, |change| change["change"]["actions"].clone())
}
