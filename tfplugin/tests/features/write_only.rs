//! Write-only attributes.

use serde_json::json;
use tfplugin::testing::Action;

use crate::{NOTE, host, note, says, stored};

/// Proves: write-only-attributes/in-no-plan-and-no-state, write-only-attributes/sent-with-their-version
#[tokio::test]
async fn a_secret_word_is_sent_with_its_version_and_kept_nowhere() {
    let (host, folder) = host().await;
    let secret = |word: &str, version: u8| note(json!({"secret_wo": word, "secret_wo_version": version}));
    let plan = host.plan(NOTE, None, secret("first-word", 1)).await.expect("a plan");
    assert!(!plan.planned().to_string().contains("first-word"));
    let object = host.apply(&plan).await.into_result().expect("a note").expect("a note");
    assert!(!serde_json::to_string(&object).expect("a state").contains("first-word"));
    assert_eq!(stored(&folder, "note")["secret_length"], json!(10));

    host.check_settled(&object, secret("another-word", 1)).await.expect("nothing to do");
    let plan = host.plan(NOTE, Some(&object), secret("another-word", 2)).await.expect("a plan");
    assert_eq!(plan.action(), Action::Update);
    host.apply(&plan).await.into_result().expect("a note");
    assert_eq!(stored(&folder, "note")["secret_length"], json!(12));
}

/// Proves: write-only-attributes/refused-by-older-hosts
#[tokio::test]
async fn a_host_that_would_store_the_word_is_told_to_be_upgraded() {
    let (host, _folder) = host().await;
    let host = host.without_write_only();
    let refused = host.plan(NOTE, None, note(json!({"secret_wo": "word", "secret_wo_version": 1}))).await;
    says(refused, "which needs Terraform 1.11 or OpenTofu 1.11 or newer");
}
