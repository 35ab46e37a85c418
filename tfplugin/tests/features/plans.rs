//! Plans.

use serde_json::{Value, json};
use tfplugin::testing::{Action, unknown};

use crate::{NOTE, host, note, says, stored};

/// Proves: plan/defaults, plan/computed-values-are-unknown-only-when-something-changes
/// Proves: plan/keep-state-when-unknown
#[tokio::test]
async fn only_what_may_change_is_unknown() {
    let (host, _folder) = host().await;
    let plan = host.plan(NOTE, None, note(json!({"text": "a"}))).await.expect("a plan");
    let planned = plan.planned();
    assert_eq!((&planned["colour"], &planned["revision"]), (&json!("white"), &unknown()));
    let object = host.apply(&plan).await.into_result().expect("a note").expect("a note");
    host.check_settled(&object, note(json!({"text": "a"}))).await.expect("nothing to do");
    let plan = host.plan(NOTE, Some(&object), note(json!({"text": "b"}))).await.expect("a plan");
    assert_eq!(
        (plan.action(), plan.changes()),
        (Action::Update, vec!["revision".to_owned(), "text".to_owned()])
    );
}

/// Proves: plan/two-spellings-of-one-value
#[tokio::test]
async fn another_spelling_is_no_change() {
    let (host, folder) = host().await;
    let object = host.create(NOTE, note(json!({"text": "a"}))).await.expect("a note");
    host.check_settled(&object, note(json!({"text": "  a\n"}))).await.expect("nothing to do");
    let object = host.update(&object, note(json!({"text": "  b\n"}))).await.expect("a note");
    assert_eq!(
        (stored(&folder, "note")["text"].clone(), object.attributes()["text"].clone()),
        (json!("  b\n"), json!("  b\n"))
    );
}

/// What makes of an object what, and because of which attributes.
fn changes() -> [(Value, Value, Action, &'static str); 5] {
    let line = |text: &str, with: &str| json!({"lines": [{"text": text, "with": with}]});
    [
        (json!({}), json!({"name": "other"}), Action::Replace, "name"),
        (json!({"colour": "white"}), json!({"colour": "yellow"}), Action::Update, ""),
        (json!({"colour": "white"}), json!({"colour": "black"}), Action::Replace, "colour"),
        (line("a", "ink"), line("b", "ink"), Action::Update, ""),
        (line("a", "ink"), line("a", "pencil"), Action::Replace, "lines[0].with"),
    ]
}

/// Proves: plan/requires-replace, plan/requires-replace-by-condition, plan/requires-replace-in-nested-attributes
#[tokio::test]
async fn some_changes_need_another_object() {
    for (before, after, action, because) in changes() {
        let (host, _folder) = host().await;
        let object = host.create(NOTE, note(before)).await.expect("a note");
        let plan = host.plan(NOTE, Some(&object), note(after.clone())).await.expect("a plan");
        let paths: Vec<String> = plan.requires_replace().iter().map(ToString::to_string).collect();
        assert_eq!((plan.action(), paths.join(" ")), (action, because.to_owned()), "{after}");
        let object = host.apply(&plan).await.into_result().expect("a note").expect("a note");
        host.check_settled(&object, note(after)).await.expect("nothing to do");
    }
}

/// Proves: plan/plan-of-a-destroy-refused
#[tokio::test]
async fn a_guarded_note_is_not_destroyed() {
    let (host, _folder) = host().await;
    let object = host.create(NOTE, note(json!({"labels": {"guarded": "yes"}}))).await.expect("a note");
    says(host.plan_destroy(&object).await, "It has the label `guarded`. Take that away first.");
    let object = host.update(&object, note(json!({}))).await.expect("a note");
    host.destroy(&object).await.expect("nothing left");
}

/// Proves: plan/planned-values-hold-in-the-apply, schema/blocks-known-only-after-apply
/// Proves: schema/computed-attributes-in-nested-attributes
#[tokio::test]
async fn what_was_planned_holds_when_everything_is_known() {
    let (host, _folder) = host().await;
    let config = note(json!({"text": unknown(), "lines": unknown(), "stamp": unknown()}));
    let plan = host.plan(NOTE, None, config).await.expect("a plan");
    assert_eq!((&plan.planned()["lines"], &plan.planned()["stamp"]), (&unknown(), &unknown()));
    let known = note(
        json!({"text": "t", "lines": [{"text": "four"}], "stamp": [{"motif": "owl"}, {"motif": "cat"}]}),
    );
    let object = host.apply_with(&plan, known.clone()).await.into_result().expect("a note").expect("a note");
    assert_eq!(object.attributes()["lines"], json!([{"text": "four", "length": 4, "with": null}]));
    host.check_settled(&object, known).await.expect("nothing to do");
}
