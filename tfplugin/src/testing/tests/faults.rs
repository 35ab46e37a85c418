//! Faults: errors halfway, interrupts, hosts that go away, handlers that panic. What exists must stay known.

use serde_json::json;

use super::toy::host;
use crate::testing::{Action, HostError, PlanOptions};

/// Proves: resources/a-create-that-fails
#[tokio::test]
async fn a_create_that_is_refused_leaves_nothing() {
    let (host, shelf) = host().await;
    let plan = host.plan("toy_thing", None, json!({"name": "a", "text": "refused"})).await.unwrap();
    let applied = host.apply(&plan).await;
    assert!(applied.object.is_none() && shelf.names().is_empty());
    assert_eq!(applied.into_result().unwrap_err().to_string(), "Refused: The shelf refused it.");
}

/// Proves: resources/a-create-that-fails-halfway
#[tokio::test]
async fn a_create_that_fails_halfway_leaves_a_tainted_object_that_the_next_plan_replaces() {
    let (host, shelf) = host().await;
    let plan = host.plan("toy_thing", None, json!({"name": "a", "text": "half"})).await.unwrap();
    let applied = host.apply(&plan).await;
    assert!(matches!(applied.error, Some(HostError::Diagnostics(_))));
    let object = applied.object.unwrap();
    assert!(object.is_tainted());
    assert_eq!(shelf.names(), ["a"]);
    let plan = host.plan("toy_thing", Some(&object), json!({"name": "a"})).await.unwrap();
    assert_eq!(plan.action(), Action::Replace);
    let object = host.apply(&plan).await.into_result().unwrap().unwrap();
    assert!(!object.is_tainted());
}

/// Proves: resources/an-update-that-fails
#[tokio::test]
async fn an_update_that_fails_keeps_the_object_and_does_not_taint_it() {
    let (host, _) = host().await;
    let object = host.create("toy_thing", json!({"name": "a", "text": "one"})).await.unwrap();
    for (text, left) in [("refused", "one"), ("half", "half")] {
        let plan = host.plan("toy_thing", Some(&object), json!({"name": "a", "text": text})).await.unwrap();
        let applied = host.apply(&plan).await;
        assert!(applied.error.is_some());
        let object = applied.object.unwrap();
        assert_eq!((object.attributes()["text"].as_str(), object.is_tainted()), (Some(left), false));
    }
}

/// Proves: resources/a-delete-that-fails
#[tokio::test]
async fn a_delete_that_fails_keeps_the_object() {
    let (host, shelf) = host().await;
    let object = host.create("toy_thing", json!({"name": "a", "text": "stuck"})).await.unwrap();
    let plan = host.plan_destroy(&object).await.unwrap();
    let applied = host.apply(&plan).await;
    assert!(applied.error.is_some());
    assert_eq!(applied.object.unwrap().attributes(), object.attributes());
    assert_eq!(shelf.names(), ["a"]);
}

#[tokio::test]
async fn a_replacement_that_fails_keeps_what_there_is() {
    let cases = [
        // What the old and the new thing say, the order, and what is left: the object, and the old one beside it.
        ("stuck", "fine", false, Some("stuck"), None),
        ("stuck", "fine", true, Some("fine"), Some("stuck")),
        ("fine", "refused", false, None, None),
        ("fine", "refused", true, Some("fine"), None),
        ("fine", "half", true, Some("half"), Some("fine")),
    ];
    for (old, new, create_before_destroy, object, deposed) in cases {
        let (host, _) = host().await;
        let before = host.create("toy_thing", json!({"name": "a", "text": old})).await.unwrap();
        let options = PlanOptions { create_before_destroy, ..PlanOptions::default() };
        let config = json!({"name": "b", "text": new});
        let plan = host.plan_with("toy_thing", Some(&before), config, options).await.unwrap();
        let applied = host.apply(&plan).await;
        assert!(applied.error.is_some());
        let text = |object: Option<crate::testing::Object>| {
            object.map(|object| object.attributes()["text"].as_str().unwrap().to_owned())
        };
        assert_eq!(text(applied.object).as_deref(), object, "{old} {new}");
        assert_eq!(text(applied.deposed).as_deref(), deposed, "{old} {new}");
    }
}

/// Proves: resources/stop-during-create
#[tokio::test]
async fn an_interrupt_ends_a_create_with_what_exists_and_later_steps_run() {
    let (host, shelf) = host().await;
    let plan = host.plan("toy_thing", None, json!({"name": "a", "text": "until stopped"})).await.unwrap();
    let interrupt = async {
        shelf.waiting.notified().await;
        host.stop().await.unwrap();
    };
    let (applied, ()) = tokio::join!(host.apply(&plan), interrupt);
    assert!(applied.object.unwrap().is_tainted());
    assert_eq!(applied.error.unwrap().to_string(), "Interrupted: The thing may not be ready.");
    host.create("toy_thing", json!({"name": "b"})).await.unwrap();
}

/// Proves: resources/call-cancelled-by-the-host
#[tokio::test]
async fn a_host_that_goes_away_does_not_tear_a_create_apart() {
    let (host, shelf) = host().await;
    let plan = host.plan("toy_thing", None, json!({"name": "a", "text": "slow"})).await.unwrap();
    tokio::select! {
        _ = host.apply(&plan) => panic!("the handler waits"),
        () = shelf.waiting.notified() => {}
    }
    assert!(shelf.names().is_empty());
    shelf.go_on.notify_one();
    shelf.waiting.notified().await;
    assert_eq!(shelf.names(), ["a"]);
}

/// Proves: process/panic-in-a-handler, schema/sensitive-values-in-no-message
#[tokio::test]
async fn a_panic_is_an_error_of_one_object_and_tells_no_secrets() {
    let (host, _) = host().await;
    let plan = host.plan("toy_thing", None, json!({"name": "a", "text": "panic"})).await.unwrap();
    let applied = host.apply(&plan).await;
    let error = applied.into_result().unwrap_err().to_string();
    assert!(error.starts_with("Provider bug") && error.contains("ApplyResourceChange"), "{error}");
    assert!(!error.contains("s3cret"));
    host.create("toy_thing", json!({"name": "b"})).await.unwrap();
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_is_an_error_and_not_an_absence() {
    let (host, _) = host().await;
    let object = host.create("toy_thing", json!({"name": "unreachable"})).await.unwrap();
    let error = host.refresh(&object).await.unwrap_err();
    assert_eq!(error.to_string(), "Shelf is closed: Come back later.");
    assert!(host.plan_destroy(&object).await.is_err());
}

#[tokio::test]
async fn steps_run_at_the_same_time() {
    let (host, shelf) = host().await;
    let host = std::sync::Arc::new(host);
    let mut creates = tokio::task::JoinSet::new();
    for i in 0..100 {
        let host = std::sync::Arc::clone(&host);
        creates.spawn(async move { host.create("toy_thing", json!({"name": i.to_string()})).await });
    }
    for created in creates.join_all().await {
        created.unwrap();
    }
    assert_eq!(shelf.names().len(), 100);
}
