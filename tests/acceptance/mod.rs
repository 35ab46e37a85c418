//! One file per resource: its life on a real Terraform CLI, with the shipped provider, against the sandbox.

mod contracts;
mod data_sources;
mod debug;
mod execution;
mod flow;
mod functions;
mod kv;
mod moved;
mod namespace;
mod namespace_file;
mod provider;
mod state_compat;
mod subflow;

use cli::host::Host;
use harness::{Server, Workspace};
use serde_json::Value;

/// The root module's head: which provider, and that everything about the server comes from the environment.
pub(crate) const PROVIDER: &str = r#"
terraform {
  required_providers {
    kestra = {
      source = "flowsmith/kestra"
    }
  }
}

provider "kestra" {}
"#;

/// An installed project whose provider speaks to `server`.
fn project(host: &Host, server: &Server, configuration: &str) -> Workspace {
    let workspace = Workspace::new(host).env("KESTRA_URL", server.url());
    workspace.file("provider.tf", PROVIDER);
    workspace.file("main.tf", configuration);
    workspace.init();
    workspace
}

/// What a plan would do now to the first resource that it lists.
fn actions(workspace: &Workspace) -> Value {
    workspace.plan_json()["resource_changes"][0]["change"]["actions"].clone()
}
