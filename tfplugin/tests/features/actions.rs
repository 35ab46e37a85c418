//! Actions: planned, invoked, followed to their end.

use serde_json::json;
use tfplugin::testing::unknown;

use crate::{NOTE, host, note, says, stored};

/// Proves: actions/plan-with-unknown-values, actions/plan-refused, actions/validation
#[tokio::test]
async fn an_action_is_planned_with_what_is_known() {
    let (host, _folder) = host().await;
    let plan = async |from, to| host.plan_action("everything_copy", json!({"from": from, "to": to})).await;
    assert!(plan(unknown(), json!("attic")).await.expect("a plan").is_empty());
    says(plan(json!("den"), json!("den")).await, "`from` and `to` are the same shelf.");
    says(plan(json!(""), json!("attic")).await, "from must be of a length of at least 1; got \"\".");
}

/// Proves: actions/invoke, actions/progress-events
#[tokio::test]
async fn an_action_tells_how_far_it_is() {
    let (host, folder) = host().await;
    for name in ["a", "b"] {
        host.create(NOTE, json!({"shelf": "den", "name": name})).await.expect("a note");
    }
    let config = json!({"from": "den", "to": "attic"});
    let invoked = host.invoke_action("everything_copy", config).await.expect("an action that runs");
    assert_eq!(invoked.progress, ["copied a", "copied b"]);
    assert!(invoked.outcome.expect("success").is_empty());
    assert!(folder.path().join("note/attic/b").is_file());
    let nothing = json!({"from": "cellar", "to": "attic"});
    let invoked = host.invoke_action("everything_copy", nothing).await.expect("an action that runs");
    assert_eq!(
        invoked.outcome.expect("success").to_string(),
        "Shelf is empty: There is nothing on the shelf cellar."
    );
}

/// Proves: actions/an-action-that-fails
#[tokio::test]
async fn an_action_that_fails_says_so_at_its_end() {
    let (host, folder) = host().await;
    host.create(NOTE, note(json!({}))).await.expect("a note");
    std::fs::write(folder.path().join("note/den/other"), "no JSON").expect("a broken note");
    let config = json!({"from": "den", "to": "attic"});
    let invoked = host.invoke_action("everything_copy", config).await.expect("an action that runs");
    assert_eq!(invoked.progress, ["copied note"]);
    says(invoked.outcome, "not valid JSON");
    assert_eq!(stored(&folder, "note")["shelf"], "den");
}
