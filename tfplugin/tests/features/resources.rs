//! The life of an object, and what others do to it.

use serde_json::json;
use tfplugin::testing::{Action, PlanOptions};

use crate::{NOTE, host, note, says, stored};

/// Proves: resources/create-read-update-delete, resources/private-state
#[tokio::test]
async fn a_note_lives_from_create_to_destroy() {
    let (host, folder) = host().await;
    let object = host.create(NOTE, note(json!({"text": "a"}))).await.expect("a note");
    assert_eq!(object.attributes()["id"], "den/note");
    let read = host.refresh(&object).await.expect("a read").expect("a note");
    assert!(String::from_utf8_lossy(read.private()).contains("\"reads\":1"));
    let again = host.refresh(&read).await.expect("a read").expect("a note");
    assert!(String::from_utf8_lossy(again.private()).contains("\"reads\":2"));
    let object = host.update(&again, note(json!({"text": "b"}))).await.expect("a note");
    assert_eq!(stored(&folder, "note")["text"], "b");
    host.destroy(&object).await.expect("nothing left");
    assert_eq!(stored(&folder, "note"), json!(null));
}

/// Proves: resources/drift, resources/an-object-that-is-gone
#[tokio::test]
async fn what_others_do_is_seen() {
    let (host, folder) = host().await;
    let config = note(json!({"text": "ours"}));
    let object = host.create(NOTE, config.clone()).await.expect("a note");
    let file = folder.path().join("note/den/note");
    let mut theirs = stored(&folder, "note");
    theirs["text"] = json!("theirs");
    std::fs::write(&file, theirs.to_string()).expect("their note");
    assert_eq!(
        host.plan(NOTE, Some(&object), config.clone()).await.expect("a plan").action(),
        Action::Update
    );
    std::fs::remove_file(&file).expect("no note");
    assert_eq!(host.plan(NOTE, Some(&object), config).await.expect("a plan").action(), Action::Create);
}

/// Proves: resources/create-before-destroy, resources/replace-on-demand, resources/tainted-objects
#[tokio::test]
async fn an_object_is_replaced_in_either_order() {
    let (host, folder) = host().await;
    let object = host.create(NOTE, note(json!({}))).await.expect("a note");
    let options = PlanOptions { create_before_destroy: true, ..PlanOptions::default() };
    let other = json!({"shelf": "den", "name": "other"});
    let plan = host.plan_with(NOTE, Some(&object), other.clone(), options).await.expect("a plan");
    let object = host.apply(&plan).await.into_result().expect("a note").expect("a note");
    assert_eq!((&stored(&folder, "note"), &stored(&folder, "other")["revision"]), (&json!(null), &json!(1)));

    let options = PlanOptions { replace: true, ..PlanOptions::default() };
    let plan = host.plan_with(NOTE, Some(&object), other.clone(), options).await.expect("a plan");
    assert_eq!(plan.action(), Action::Replace);
    let plan = host.plan(NOTE, Some(&object.taint()), other).await.expect("a plan");
    assert_eq!(plan.action(), Action::Replace);
    host.apply(&plan).await.into_result().expect("a note");
}

/// Proves: resources/a-create-that-fails, schema/timeouts
#[tokio::test]
async fn a_create_that_fails_leaves_nothing() {
    let (host, folder) = host().await;
    let hasty = note(json!({"timeouts": {"create": "0s"}}));
    says(host.create(NOTE, hasty).await, "`timeouts` leaves no time at all.");
    assert_eq!(stored(&folder, "note"), json!(null));
    let patient = note(json!({"timeouts": {"create": "1h30m"}}));
    let object = host.create(NOTE, patient.clone()).await.expect("a note");
    host.check_settled(&object, patient.clone()).await.expect("nothing to do");
    says(host.create(NOTE, patient).await, "There is a note den/note already.");
}
