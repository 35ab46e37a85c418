//! A provider in debug mode: one process of the small example serves plan after plan, with its entries in memory.

use harness::{Debugged, Workspace, binaries, for_each_host};
use serde_json::json;

use super::actions;

fn configuration(value: &str) -> String {
    format!(
        "terraform {{\n  required_providers {{\n    kv = {{\n      source = \"example/kv\"\n    }}\n  }}\n}}\n\n\
         resource \"kv_entry\" \"this\" {{\n  key = \"greeting\"\n  value = \"{value}\"\n}}\n"
    )
}

/// Proves: process/debug-mode, process/many-walks-in-one-process
#[test]
fn one_process_serves_plan_after_plan() {
    for_each_host(|host| {
        let provider = binaries::example("kv");
        let debugged = Debugged::start(&provider, &[]);
        let workspace = Workspace::with_provider(host, &provider, &["example/kv"]);
        workspace.file("main.tf", &configuration("hello"));
        workspace.init();
        let workspace = workspace.env("TF_REATTACH_PROVIDERS", debugged.reattach());
        workspace.plan().plans_changes();
        // A process of each command's own would have forgotten the entry by the next plan.
        workspace.apply_and_settle();
        workspace.file("main.tf", &configuration("hello again"));
        assert_eq!(actions(&workspace, "kv_entry.this"), json!(["update"]));
        workspace.apply_and_settle();
        workspace.destroy();
        workspace.plan().plans_changes();
        debugged.end();
    });
}
