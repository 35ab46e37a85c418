//! Every feature of the protocol, on the example provider that has everything and the host in process. The matrix of features
//! is made from the lines `Proves: …` above the tests.

#[path = "../../examples/everything/copy.rs"]
mod copy;
#[path = "../../examples/everything/describe.rs"]
mod describe;
#[path = "../../examples/everything/join.rs"]
mod join;
#[path = "../../examples/everything/memo.rs"]
mod memo;
#[path = "../../examples/everything/note.rs"]
mod note;
#[path = "../../examples/everything/note_data.rs"]
mod note_data;
#[path = "../../examples/everything/note_list.rs"]
mod note_list;
#[path = "../../examples/everything/provider.rs"]
mod provider;
#[path = "../../examples/everything/repeat.rs"]
mod repeat;
#[path = "../../examples/everything/store.rs"]
mod store;
#[path = "../../examples/everything/token.rs"]
mod token;

mod actions;
mod checks;
mod data_sources;
mod deferred;
mod documentation;
mod ephemeral_resources;
mod functions;
mod identities;
mod imports;
mod lists;
mod moves;
mod plans;
mod provider_block;
mod resources;
mod upgrades;
mod values;
mod write_only;

use serde_json::{Value, json};
use tempfile::TempDir;
use tfplugin::testing::{Host, HostError};

use provider::Everything;

/// The type that most tests are about.
const NOTE: &str = "everything_note";

/// A configured host, and the folder where the shelves are for as long as the test runs.
async fn host() -> (Host, TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let host = Host::start(Everything).await.expect("schemas that a host takes");
    host.configure(json!({"folder": folder.path()})).await.expect("a configured provider");
    (host, folder)
}

/// The configuration of a note, with more attributes than the two it needs.
fn note(more: Value) -> Value {
    let mut note = json!({"shelf": "den", "name": "note"});
    let more = more.as_object().expect("attributes").clone();
    note.as_object_mut().expect("attributes").extend(more);
    note
}

/// What the shelves hold under this name, past the provider.
fn stored(folder: &TempDir, name: &str) -> Value {
    let file = folder.path().join("note/den").join(name);
    std::fs::read_to_string(file).map_or(Value::Null, |text| serde_json::from_str(&text).expect("JSON"))
}

/// The step failed because the provider said this.
#[track_caller]
fn says<T>(outcome: Result<T, HostError>, words: &str) {
    let error = outcome.err().expect("an error");
    assert!(matches!(error, HostError::Diagnostics(_)) && error.to_string().contains(words), "{error}");
}
