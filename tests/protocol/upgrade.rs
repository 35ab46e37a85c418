//! States of older schema versions, written by hand as their releases left them.

use cli::host::Host;
use harness::{Workspace, for_each_host, has_identities};
use serde_json::{Value, json};

use super::{PROVIDER, empty};

const CONFIGURATION: &str = r#"
resource "everything_note" "this" {
  shelf    = "den"
  name     = "note"
  priority = 9
}
"#;

/// A project with a note in its state and on the shelf.
fn with_state(host: &Host, instance: Value) -> Workspace {
    let workspace = empty(host);
    workspace.file(
        "provider.tf",
        &PROVIDER.replace("example/everything", "registry.terraform.io/example/everything"),
    );
    workspace.file("main.tf", CONFIGURATION);
    workspace.file("terraform.tfstate", &state(instance));
    let note = json!({"id": "den/note", "shelf": "den", "name": "note", "house": "main", "colour": "white", "priority": 9,
        "revision": 1, "first_name": "note", "stamp": []});
    workspace.file("store/note/den/note", &note.to_string());
    workspace.init();
    workspace
}

fn state(instance: Value) -> String {
    json!({
        "version": 4, "terraform_version": "1.11.0", "serial": 1, "lineage": "older", "outputs": {},
        "resources": [{
            "mode": "managed", "type": "everything_note", "name": "this",
            "provider": "provider[\"registry.terraform.io/example/everything\"]", "instances": [instance],
        }],
    })
    .to_string()
}

/// The note as the state holds it.
fn stored_instance(workspace: &Workspace) -> Value {
    let mut state = workspace.run(&["state", "pull"]).succeeds().json();
    state["resources"][0]["instances"][0].take()
}

/// Proves: state/upgrade-from-every-older-version, state/attributes-that-are-gone
#[test]
fn older_states_are_upgraded() {
    for_each_host(|host| {
        for (version, attributes) in [
            (0, json!({"shelf": "den", "title": "note", "priority": "high", "scent": "musty"})),
            (1, json!({"shelf": "den", "name": "note", "priority": "high"})),
            (2, json!({"shelf": "den", "name": "note", "priority": 9})),
        ] {
            let workspace = with_state(host, json!({"schema_version": version, "attributes": attributes}));
            workspace.plan().is_empty_plan();
            workspace.apply_and_settle();
            let instance = stored_instance(&workspace);
            assert_eq!(instance["schema_version"], json!(2), "from version {version}");
            assert_eq!(instance["attributes"]["name"], "note", "from version {version}");
            assert_eq!(instance["attributes"]["priority"], json!(9), "from version {version}");
        }
    });
}

/// Proves: state/state-of-a-newer-version
#[test]
fn a_state_from_the_future_is_refused() {
    for_each_host(|host| {
        let attributes = json!({"shelf": "den", "name": "note"});
        let workspace = with_state(host, json!({"schema_version": 3, "attributes": attributes}));
        workspace.plan().fails_with("managed by newer provider version");
    });
}

/// Proves on OpenTofu: identity/upgrade-from-every-older-version
#[test]
fn older_identities_are_upgraded() {
    for_each_host(|host| {
        if !has_identities(host) {
            return;
        }
        let attributes = json!({"shelf": "den", "name": "note", "priority": 9});
        let identity = json!({"shelf": "den", "title": "note"});
        for instance in [
            json!({"schema_version": 2, "attributes": attributes, "identity_schema_version": 0, "identity": identity}),
            json!({"schema_version": 2, "attributes": attributes}),
        ] {
            let workspace = with_state(host, instance);
            workspace.plan().is_empty_plan();
            workspace.apply().succeeds();
            let instance = stored_instance(&workspace);
            assert_eq!(instance["identity"], json!({"shelf": "den", "name": "note", "house": "main"}));
            assert_eq!(instance["identity_schema_version"], json!(1));
        }
    });
}
