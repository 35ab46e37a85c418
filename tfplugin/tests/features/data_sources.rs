//! Data sources.

use serde_json::json;
use tfplugin::testing::unknown;

use crate::{NOTE, host, note, says};

/// Proves: data-sources/read-in-the-plan, data-sources/read-in-the-apply
#[tokio::test]
async fn a_data_source_is_read_when_what_it_needs_is_known() {
    let (host, _folder) = host().await;
    host.create(NOTE, note(json!({"text": "hello"}))).await.expect("a note");
    let in_plan = host.read_data_source(NOTE, json!({"shelf": unknown(), "name": "note"})).await;
    assert_eq!(in_plan, Ok(unknown()));
    let in_apply = host.read_data_source(NOTE, json!({"shelf": "den", "name": "note"})).await;
    assert_eq!(in_apply, Ok(json!({"shelf": "den", "name": "note", "text": "hello"})));
}

/// Proves: data-sources/validation, data-sources/nothing-found
#[tokio::test]
async fn what_cannot_be_read_is_told() {
    let (host, _folder) = host().await;
    let read = async |shelf| host.read_data_source(NOTE, json!({"shelf": shelf, "name": "nothing"})).await;
    says(read("").await, "shelf must be of a length of at least 1");
    says(read("den").await, "There is no note den/nothing.");
}
