//! What a provider is told about itself and its modules.

use serde_json::json;
use tfplugin::testing::HostError;

use crate::{NOTE, host, note, stored};

/// Proves: provider/configuration, provider/one-configuration-per-alias
/// Proves: provider-iteration/one-configuration-per-key
#[tokio::test]
async fn two_configurations_are_two_shelves() {
    let (one, in_one) = host().await;
    let (other, in_other) = host().await;
    one.create(NOTE, note(json!({"text": "one"}))).await.expect("a note");
    other.create(NOTE, note(json!({"text": "other"}))).await.expect("a note");
    assert_eq!(
        (&stored(&in_one, "note")["text"], &stored(&in_other, "note")["text"]),
        (&json!("one"), &json!("other"))
    );
    assert!(matches!(one.configure(json!({})).await, Err(HostError::Refused(_))));
}

/// Proves: provider/provider-meta
#[tokio::test]
async fn a_module_says_who_wrote_it() {
    let (host, _folder) = host().await;
    let host = host.with_provider_meta(&json!({"author": "ann"})).expect("a block that fits");
    let object = host.create(NOTE, note(json!({}))).await.expect("a note");
    assert_eq!(object.attributes()["author"], "ann");
}
