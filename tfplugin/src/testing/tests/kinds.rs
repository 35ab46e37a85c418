//! The straight path of everything that is no managed resource: functions, ephemeral resources, lists, actions.

use std::time::UNIX_EPOCH;

use serde_json::json;

use super::toy::{Toy, host};
use crate::testing::{Host, HostError, ListOptions, unknown};

#[tokio::test]
async fn a_function_is_called_by_hosts_that_configure_nothing() {
    let host = Host::start(Toy(std::sync::Arc::default())).await.unwrap();
    for host in [host, Host::start(Toy(std::sync::Arc::default())).await.unwrap().as_opentofu()] {
        let call = async |arguments: &[serde_json::Value]| host.call_function("label", arguments).await;
        assert_eq!(call(&[json!(null), json!("a")]).await.unwrap(), "a");
        assert_eq!(call(&[json!("x-"), json!("a"), json!("b"), json!("c")]).await.unwrap(), "x-abc");
        // An unknown name is for the function to bear; an unknown prefix is not.
        assert_eq!(call(&[json!("x-"), unknown()]).await.unwrap(), unknown());
        assert_eq!(call(&[unknown(), json!("a"), json!("")]).await.unwrap(), unknown());
        let error = call(&[json!(null), json!("a"), json!("b"), json!("")]).await.unwrap_err();
        assert_eq!(error, HostError::Function { text: "A part is empty".to_owned(), argument: Some(3) });
        let refusals = [
            (
                vec![json!("x-")],
                "Not enough function arguments: Function \"label\" needs a value for \"name\".",
            ),
            (
                vec![json!("x-"), json!(null)],
                "Invalid value for \"name\" parameter: argument must not be null.",
            ),
            (vec![json!([]), json!("a")], "Invalid value for \"prefix\" parameter: string required."),
        ];
        for (arguments, words) in refusals {
            let error = call(&arguments).await.unwrap_err();
            assert!(matches!(error, HostError::Refused(_)) && error.to_string().contains(words), "{error}");
        }
        assert!(matches!(host.call_function("other", &[]).await.unwrap_err(), HostError::Refused(_)));
    }
}

#[tokio::test]
async fn an_ephemeral_resource_is_opened_renewed_and_closed_as_each_host_does() {
    for (opentofu, closed) in [(false, "close me after 0"), (true, "close me after 1")] {
        let (host, shelf) = host().await;
        let host = if opentofu { host.as_opentofu() } else { host };
        for _walk in ["plan", "apply"] {
            let mut opened = host.open_ephemeral("toy_key", json!({"holder": "me"})).await.unwrap();
            assert_eq!(opened.result(), json!({"holder": "me", "secret": "s3cret"}));
            assert!(!format!("{opened:?}").contains("s3cret"));
            assert_eq!(opened.renew_at(), Some(UNIX_EPOCH));
            host.renew_ephemeral(&mut opened).await.unwrap();
            assert_eq!(opened.renew_at(), None);
            host.close_ephemeral(&opened).await.unwrap();
            assert_eq!(shelf.log(), ["open me", "renew 1", closed]);
        }
    }
}

#[tokio::test]
async fn an_ephemeral_resource_is_not_opened_before_its_configuration_is_known() {
    let (host, shelf) = host().await;
    let error = host.open_ephemeral("toy_key", json!({"holder": unknown()})).await.unwrap_err();
    assert!(matches!(error, HostError::Refused(_)), "{error}");
    let error = host.open_ephemeral("toy_key", json!({"holder": "stranger"})).await.unwrap_err();
    assert_eq!(error.to_string(), "No key: There is none for strangers.");
    assert!(shelf.log().is_empty());
}

#[tokio::test]
async fn objects_are_listed_up_to_the_limit_and_no_further() {
    let (host, shelf) = host().await;
    for name in ["a1", "a2", "a3", "b1"] {
        host.create("toy_thing", json!({"name": name})).await.unwrap();
    }
    let listing = host.list("toy_thing", json!({"prefix": "a"}), ListOptions::default()).await.unwrap();
    let found: Vec<_> =
        listing.objects.iter().map(|o| (o.display_name.as_str(), o.identity.clone())).collect();
    let expected = ["a1", "a2", "a3"].map(|name| (name.to_uppercase(), json!({"name": name})));
    assert_eq!(found, expected.each_ref().map(|(name, identity)| (name.as_str(), identity.clone())));
    assert!(listing.objects.iter().all(|listed| listed.object.is_none()));
    assert_eq!(listing.warnings.to_string(), "Dusty: Dust it.");
    shelf.log();
    let options = ListOptions { limit: 1, include_object: true };
    let listing = host.list("toy_thing", json!({}), options).await.unwrap();
    assert_eq!(listing.objects[0].object.as_ref().unwrap()["colour"], "blue");
    assert!(shelf.log().len() < 4, "nobody looks at what is not wanted");
    let object = host.import_identity("toy_thing", &listing.objects[0].identity).await.unwrap();
    assert_eq!(object.attributes()["name"], "a1");
    let error =
        host.list("toy_thing", json!({"prefix": "locked"}), ListOptions::default()).await.unwrap_err();
    assert_eq!(error.to_string(), "Locked: Nobody can look there.");
}

#[tokio::test]
async fn an_action_is_planned_and_tells_how_far_it_is() {
    let (host, shelf) = host().await;
    host.plan_action("toy_shout", json!({"text": unknown()})).await.unwrap();
    let error = host.plan_action("toy_shout", json!({"text": "rude"})).await.unwrap_err();
    assert_eq!(error.to_string(), "Rude: Say it nicely.");
    let invoked = host.invoke_action("toy_shout", json!({"text": "hey"})).await.unwrap();
    assert_eq!(invoked.progress, ["breathing in", "HEY"]);
    assert_eq!(invoked.outcome.unwrap().to_string(), "Loud: The neighbours heard it.");
    assert_eq!(shelf.log(), ["shout hey"]);
    let failed = host.invoke_action("toy_shout", json!({"text": "hoarse"})).await.unwrap();
    assert_eq!(failed.progress, ["breathing in"]);
    assert_eq!(failed.outcome.unwrap_err().to_string(), "Hoarse: There is no voice left.");
    let error = host.invoke_action("toy_shout", json!({"text": unknown()})).await.unwrap_err();
    assert!(matches!(error, HostError::Refused(_)), "{error}");
}

/// Proves: actions/an-action-outlives-its-host-s-call
#[tokio::test]
async fn an_action_goes_on_when_its_host_has_gone() {
    let (host, shelf) = host().await;
    tokio::select! {
        _ = host.invoke_action("toy_shout", json!({"text": "slow"})) => panic!("the handler waits"),
        () = shelf.waiting.notified() => {}
    }
    shelf.go_on.notify_one();
    while shelf.log() != ["shout slow"] {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn an_action_is_deferred_while_the_provider_is_not_known() {
    let host = Host::start(Toy(std::sync::Arc::default())).await.unwrap();
    host.configure(json!({"shelf": unknown()})).await.unwrap();
    let plan = host.plan_action("toy_shout", json!({"text": "hey"})).await;
    assert!(matches!(plan.unwrap_err(), HostError::Diagnostics(_)));
    let host = host.with_deferral();
    host.plan_action("toy_shout", json!({"text": "hey"})).await.unwrap();
}

#[tokio::test]
async fn a_generated_configuration_plans_no_change() {
    let (host, _) = host().await;
    host.create("toy_thing", json!({"name": "a", "text": "one", "parts": [{"label": "x"}]})).await.unwrap();
    let imported = host.import("toy_thing", "a").await.unwrap();
    let config = host.generate_config(&imported).await.unwrap();
    assert_eq!((&config["text"], &config["revision"]), (&json!("one"), &json!(null)));
    host.check_settled(&imported, config).await.unwrap();
}

#[tokio::test]
async fn modules_may_tell_the_provider_something() {
    let (host, shelf) = host().await;
    let object = host.create("toy_thing", json!({"name": "a"})).await.unwrap();
    let host = host.with_provider_meta(&json!({"module": "cellar"})).unwrap();
    host.refresh(&object).await.unwrap();
    assert_eq!(shelf.log(), ["read for cellar"]);
    assert!(matches!(host.with_provider_meta(&json!({})).unwrap_err(), HostError::Refused(_)));
}
