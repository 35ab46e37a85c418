//! States that older releases wrote.

use serde_json::json;
use tfplugin::testing::{HostError, Object};

use crate::{NOTE, host, note};

/// Proves: state/upgrade-from-every-older-version, state/attributes-that-are-gone
#[tokio::test]
async fn older_states_are_upgraded() {
    let (host, _folder) = host().await;
    let config = note(json!({"priority": 9}));
    host.create(NOTE, config.clone()).await.expect("a note");
    for (version, attributes) in [
        (0, json!({"shelf": "den", "title": "note", "priority": "high", "scent": "musty"})),
        (1, json!({"shelf": "den", "name": "note", "priority": "high"})),
        (2, json!({"shelf": "den", "name": "note", "priority": 9, "scent": "musty"})),
    ] {
        let object = Object::stored(NOTE, version, &attributes);
        let read = host.refresh(&object).await.expect("a read").expect("a note");
        assert_eq!(read.attributes()["priority"], json!(9), "from version {version}");
        host.check_settled(&read, config.clone()).await.expect("nothing to do");
    }
}

/// Proves: state/state-of-a-newer-version
#[tokio::test]
async fn a_state_from_the_future_is_refused() {
    let (host, _folder) = host().await;
    let object = Object::stored(NOTE, 3, &json!({"shelf": "den", "name": "note"}));
    let error = host.refresh(&object).await.expect_err("a state of a newer version");
    assert!(matches!(error, HostError::Refused(_)), "{error}");
    assert!(error.to_string().contains("managed by newer provider version"), "{error}");
}
