//! Imports by id, and configurations for what was imported.

use serde_json::json;
use tfplugin::testing::HostError;

use crate::{NOTE, host, note, says};

/// Proves: import/import-by-id, import/import-then-no-change
#[tokio::test]
async fn an_imported_note_needs_no_change() {
    let (host, _folder) = host().await;
    let config = note(json!({"text": "hello", "lines": [{"text": "one"}], "stamp": [{"motif": "owl"}]}));
    host.create(NOTE, config.clone()).await.expect("a note");
    let imported = host.import(NOTE, "den/note").await.expect("a note");
    host.check_settled(&imported, config).await.expect("nothing to do");
}

/// Proves: import/malformed-id, import/import-of-nothing
#[tokio::test]
async fn an_id_that_names_nothing_is_refused() {
    let (host, _folder) = host().await;
    says(host.import(NOTE, "den").await, "The id must have the form shelf/name; got \"den\".");
    let missing = host.import(NOTE, "den/nothing").await.expect_err("nothing to import");
    assert!(matches!(missing, HostError::Refused(_)), "{missing}");
    assert!(missing.to_string().starts_with("Cannot import non-existent remote object"), "{missing}");
}

/// Proves: generated-configuration/generateresourceconfig
#[tokio::test]
async fn a_configuration_is_written_that_plans_no_change() {
    let (host, _folder) = host().await;
    let config =
        note(json!({"text": " hello ", "colour": "yellow", "keyword": "k", "lines": [{"text": "one"}]}));
    host.create(NOTE, config).await.expect("a note");
    let imported = host.import(NOTE, "den/note").await.expect("a note");
    let written = host.generate_config(&imported).await.expect("a configuration");
    assert_eq!((&written["text"], &written["colour"]), (&json!("hello"), &json!("yellow")));
    // What only the provider sets, and what nobody should set any more.
    assert_eq!((&written["revision"], &written["keyword"]), (&json!(null), &json!(null)));
    assert_eq!(written["lines"], json!([{"text": "one", "length": null, "with": null}]));
}
