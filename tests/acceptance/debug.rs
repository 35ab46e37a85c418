//! Debug mode: whole lives of resources, every command of them at one process that the test has started.

use std::thread;

use harness::{Debugged, Server, Workspace, binaries, for_each_host};
use serde_json::json;

use super::{actions, project};

/// A flow and a KV entry in a namespace of their own, so that workspaces do not meet.
fn configuration(namespace: &str, value: &str) -> String {
    format!(
        r#"
resource "kestra_flow" "this" {{
  content = yamlencode({{
    id        = "hello"
    namespace = "{namespace}"
    tasks     = [{{ id = "greet", type = "io.kestra.plugin.core.log.Log", message = "{value}" }}]
  }})
}}

resource "kestra_kv" "this" {{
  namespace = "{namespace}"
  key       = "greeting"
  value     = "{value}"
}}
"#
    )
}

/// From nothing to nothing, through every kind of walk.
fn live(workspace: &Workspace, namespace: &str) {
    workspace.file("main.tf", &configuration(namespace, "hello"));
    workspace.plan().plans_changes();
    workspace.apply_and_settle();
    workspace.file("main.tf", &configuration(namespace, "hello again"));
    assert_eq!(actions(workspace), json!(["update"]));
    workspace.apply_and_settle();
    workspace.destroy();
    workspace.plan().plans_changes();
}

/// A workspace whose commands can't start a provider of their own: without a server it would be of no use to them.
fn attached(host: &cli::host::Host, server: &Server, debugged: &Debugged) -> Workspace {
    let workspace = project(host, server, "").env("KESTRA_URL", "");
    workspace.env("TF_REATTACH_PROVIDERS", debugged.reattach())
}

fn debugged(server: &Server) -> Debugged {
    Debugged::start(&binaries::provider(), &[("KESTRA_URL", server.url())])
}

#[test]
fn one_process_serves_a_whole_life() {
    for_each_host(|host| {
        let server = Server::start();
        let debugged = debugged(&server);
        live(&attached(host, &server, &debugged), "company.team");
        debugged.end();
    });
}

#[test]
fn two_workspaces_share_a_process_at_the_same_time() {
    for_each_host(|host| {
        let server = Server::start();
        let debugged = debugged(&server);
        thread::scope(|scope| {
            for namespace in ["company.one", "company.two"] {
                let workspace = attached(host, &server, &debugged);
                scope.spawn(move || live(&workspace, namespace));
            }
        });
        debugged.end();
    });
}
