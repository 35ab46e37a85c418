//! Ephemeral resources, as each host closes them.

use serde_json::json;
use std::time::SystemTime;

use tempfile::TempDir;
use tfplugin::testing::{HostError, unknown};

use crate::{NOTE, host, note, says, stored};

const TOKEN: &str = "everything_token";

fn is_open(folder: &TempDir) -> bool {
    folder.path().join("token/den").is_file()
}

/// Proves: ephemeral-resources/open-in-plan-and-apply, ephemeral-resources/renew, ephemeral-resources/close
#[tokio::test]
async fn a_token_lives_as_long_as_a_walk() {
    for is_tofu in [false, true] {
        let (host, folder) = host().await;
        let host = if is_tofu { host.as_opentofu() } else { host };
        for _walk in ["plan", "apply"] {
            let mut opened = host.open_ephemeral(TOKEN, json!({"shelf": "den"})).await.expect("a token");
            assert_eq!(opened.result(), json!({"shelf": "den", "value": "token-of-den"}));
            assert!(is_open(&folder) && opened.renew_at() > Some(SystemTime::now()));
            let first = opened.renew_at();
            host.renew_ephemeral(&mut opened).await.expect("a renewed token");
            assert!(opened.renew_at() >= first);
            for _time in ["once", "twice"] {
                host.close_ephemeral(&opened).await.expect("a closed token");
                assert!(!is_open(&folder));
            }
            says(host.renew_ephemeral(&mut opened).await, "Somebody closed the token");
        }
    }
}

/// Proves: ephemeral-resources/wait-for-what-is-unknown, ephemeral-resources/validation
#[tokio::test]
async fn a_token_is_not_opened_before_its_shelf_is_known() {
    let (host, folder) = host().await;
    let waits = host.open_ephemeral(TOKEN, json!({"shelf": unknown()})).await;
    assert!(matches!(waits, Err(HostError::Refused(_))));
    says(host.open_ephemeral(TOKEN, json!({"shelf": ""})).await, "shelf must be of a length of at least 1");
    assert!(!is_open(&folder));
}

/// Proves: ephemeral-resources/value-in-a-write-only-attribute-and-nowhere-else
#[tokio::test]
async fn a_token_is_sent_and_not_kept() {
    let (host, folder) = host().await;
    let opened = host.open_ephemeral(TOKEN, json!({"shelf": "den"})).await.expect("a token");
    let config = note(json!({"secret_wo": opened.result()["value"], "secret_wo_version": 1}));
    let plan = host.plan(NOTE, None, config).await.expect("a plan");
    assert!(!plan.planned().to_string().contains("token-of-den"));
    let object = host.apply(&plan).await.into_result().expect("a note").expect("a note");
    host.close_ephemeral(&opened).await.expect("a closed token");
    let state = serde_json::to_string(&object).expect("a state");
    assert!(!state.contains("token-of-den"), "{state}");
    assert_eq!(stored(&folder, "note")["secret_length"], json!("token-of-den".len()));
}
