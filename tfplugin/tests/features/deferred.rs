//! Decisions that are put off to the next run, where the host allows that and the provider is not known yet.

use serde_json::json;
use tempfile::TempDir;
use tfplugin::testing::{Host, HostError, Object, unknown};

use crate::{NOTE, host, note, says};

/// A host whose provider is known no more, and an object from before.
async fn unknown_folder() -> (Host, Object, TempDir) {
    let (host, folder) = host().await;
    let object = host.create(NOTE, note(json!({}))).await.expect("a note");
    host.configure(json!({"folder": unknown()})).await.expect("a configured provider");
    (host, object, folder)
}

const WORDS: &str = "The folder is known only after apply.";

/// Proves: deferred-changes/resources, provider/configuration-known-only-after-apply
#[tokio::test]
async fn a_plan_is_put_off_where_the_host_allows_it() {
    let (host, object, _folder) = unknown_folder().await;
    says(host.plan(NOTE, None, note(json!({}))).await, WORDS);
    says(host.refresh(&object).await, WORDS);
    let host = host.with_deferral();
    assert!(host.plan(NOTE, None, note(json!({}))).await.expect("a plan").is_deferred());
}

/// Proves: deferred-changes/data-sources, deferred-changes/ephemeral-resources, deferred-changes/actions
#[tokio::test]
async fn everything_else_is_put_off_too() {
    let (host, _, _folder) = unknown_folder().await;
    let copy = || json!({"from": "den", "to": "attic"});
    let token = || json!({"shelf": "den"});
    says(host.read_data_source(NOTE, note(json!({}))).await, WORDS);
    says(host.open_ephemeral("everything_token", token()).await, WORDS);
    says(host.plan_action("everything_copy", copy()).await, WORDS);
    let host = host.with_deferral();
    assert_eq!(host.read_data_source(NOTE, note(json!({}))).await, Ok(unknown()));
    assert!(host.plan_action("everything_copy", copy()).await.expect("one that is put off").is_empty());
    // Terraform does not say of itself that an ephemeral resource may be put off.
    let put_off = host.as_opentofu().open_ephemeral("everything_token", token()).await;
    assert!(matches!(put_off, Err(HostError::Refused(why)) if why.to_string().contains("is deferred")));
}
