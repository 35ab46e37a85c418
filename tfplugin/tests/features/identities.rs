//! Identities.

use serde_json::{Value, json};
use tfplugin::testing::{HostError, Object};

use crate::{NOTE, host, note};

/// Proves: identity/identity-in-the-state, identity/attributes-that-the-provider-fills-in
/// Proves: identity/import-by-identity
#[tokio::test]
async fn an_identity_is_stored_and_found_again() {
    let (host, _folder) = host().await;
    let config = note(json!({"text": "hello"}));
    let created = host.create(NOTE, config.clone()).await.expect("a note");
    let identity = json!({"shelf": "den", "name": "note", "house": "main"});
    assert_eq!(created.identity(), Some(identity.clone()));
    let imported =
        host.import_identity(NOTE, &json!({"shelf": "den", "name": "note"})).await.expect("a note");
    assert_eq!(imported.identity(), Some(identity));
    host.check_settled(&imported, config).await.expect("nothing to do");
    let incomplete = host.import_identity(NOTE, &json!({"shelf": "den"})).await;
    assert!(matches!(incomplete, Err(HostError::Refused(_))));
}

/// The object as a state file holds it, whose identity an older release wrote.
fn with_older_identity(object: &Object) -> Object {
    let mut stored: Value = serde_json::to_value(object).expect("a state");
    stored["identity_schema_version"] = json!(0);
    stored["identity"] = json!({"shelf": "den", "title": "note"});
    serde_json::from_value(stored).expect("an object")
}

/// Proves: identity/upgrade-from-every-older-version
#[tokio::test]
async fn an_older_identity_is_upgraded() {
    let (host, _folder) = host().await;
    let object = with_older_identity(&host.create(NOTE, note(json!({}))).await.expect("a note"));
    let read = host.refresh(&object).await.expect("a note").expect("a note");
    assert_eq!(read.identity(), Some(json!({"shelf": "den", "name": "note", "house": "main"})));
}

/// Proves: identity/identity-that-never-changes
#[tokio::test]
async fn an_object_with_another_identity_is_another_object() {
    let (host, _folder) = host().await;
    let object = host.create(NOTE, note(json!({}))).await.expect("a note");
    let plan =
        host.plan(NOTE, Some(&object), json!({"shelf": "den", "name": "other"})).await.expect("a plan");
    assert_eq!(plan.action(), tfplugin::testing::Action::Replace);
    let other = host.apply(&plan).await.into_result().expect("a note").expect("a note");
    assert_eq!(other.identity(), Some(json!({"shelf": "den", "name": "other", "house": "main"})));
}
