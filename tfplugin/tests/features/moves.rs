//! Moves of objects from other types and other providers, to a provider that nobody configured.

use serde_json::json;
use tfplugin::testing::{Host, Object};

use crate::provider::Everything;
use crate::{NOTE, host, note, says};

const OURS: &str = "registry.terraform.io/example/everything";
const THEIRS: &str = "registry.opentofu.org/example/other";

/// Proves: state/moved-across-types
#[tokio::test]
async fn a_memo_becomes_a_note() {
    let (host, _folder) = host().await;
    let config = note(json!({"text": "hello"}));
    let memo = host.create("everything_memo", config.clone()).await.expect("a memo");
    let unconfigured = Host::start(Everything).await.expect("schemas that a host takes");
    let moved = unconfigured.move_state(OURS, &memo, NOTE).await.expect("a note");
    assert_eq!(moved.identity(), Some(json!({"shelf": "den", "name": "note", "house": "main"})));
    let note = host.update(&moved, config.clone()).await.expect("a note with a colour");
    host.check_settled(&note, config).await.expect("nothing to do");
}

/// Proves: state/moved-across-providers
#[tokio::test]
async fn another_providers_jotting_becomes_a_memo() {
    let (host, _folder) = host().await;
    let config = note(json!({"text": "hello"}));
    host.create("everything_memo", config.clone()).await.expect("a memo");
    let attributes = json!({"shelf": "den", "name": "note", "text": "hello", "ink": "blue"});
    let jotting = Object::stored("other_jotting", 7, &attributes);
    let moved = host.move_state(THEIRS, &jotting, "everything_memo").await.expect("a memo");
    host.check_settled(&moved, config).await.expect("nothing to do");
}

/// Proves: state/move-refused
#[tokio::test]
async fn what_is_not_known_is_refused_with_another_way() {
    let (host, _folder) = host().await;
    let object = host.create(NOTE, note(json!({}))).await.expect("a note");
    let refused = host.move_state(OURS, &object, "everything_memo").await;
    says(refused, "This provider cannot turn everything_note of example/everything into everything_memo.");
}
