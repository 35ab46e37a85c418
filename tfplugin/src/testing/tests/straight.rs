//! The straight path: an honest provider passes every rule, and every step does what it does in Terraform.

use serde_json::{Value as Json, json};

use super::toy::host;
use crate::model::Attr;
use crate::testing::{Action, HostError, Object, PlanOptions, unknown};

fn paths(plan: &crate::testing::Plan) -> Vec<String> {
    plan.requires_replace().iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn an_object_lives_from_create_to_destroy() {
    let (host, shelf) = host().await;
    let config = json!({"name": "a", "text": "one", "secret": "s", "parts": [{"label": "x"}], "marks": [{"label": "y"}]});
    let plan = host.plan("toy_thing", None, config.clone()).await.unwrap();
    assert_eq!(plan.action(), Action::Create);
    assert_eq!(
        plan.planned(),
        json!({
            "id": "a", "name": "a", "text": "one", "token": null, "secret": null, "kind": null, "revision": unknown(),
            "colour": "blue", "parts": [{"label": "x", "code": unknown()}], "marks": [{"label": "y", "code": unknown()}],
        })
    );
    let object = host.apply(&plan).await.into_result().unwrap().unwrap();
    assert_eq!(object.attributes()["revision"], 1);
    assert_eq!(object.attributes()["secret"], Json::Null);
    assert_eq!(object.identity(), Some(json!({"name": "a"})));
    assert!(String::from_utf8_lossy(object.private()).contains("had_secret"));
    host.check_settled(&object, config).await.unwrap();

    let config = json!({"name": "a", "text": "two"});
    let plan = host.plan("toy_thing", Some(&object), config.clone()).await.unwrap();
    assert_eq!((plan.action(), &plan.planned()["revision"]), (Action::Update, &unknown()));
    let object = host.update(&object, config.clone()).await.unwrap();
    assert_eq!(
        (object.attributes()["text"].clone(), object.attributes()["revision"].clone()),
        (json!("two"), json!(2))
    );
    host.check_settled(&object, config).await.unwrap();

    assert_eq!(host.plan_destroy(&object).await.unwrap().action(), Action::Delete);
    host.destroy(&object).await.unwrap();
    assert!(shelf.names().is_empty());
    assert_eq!(host.refresh(&object).await.unwrap().map(|o| o.attributes()), None);
    host.destroy(&object).await.unwrap();
}

#[tokio::test]
async fn an_object_that_is_stored_and_loaded_by_another_host_is_the_same() {
    let (host, shelf) = host().await;
    let config = json!({"name": "a", "token": "t"});
    let object = host.create("toy_thing", config.clone()).await.unwrap();
    let file = serde_json::to_string(&object).unwrap();
    let other = crate::testing::Host::start(super::toy::Toy(shelf)).await.unwrap();
    other.configure(json!({"shelf": "top"})).await.unwrap();
    let object: Object = serde_json::from_str(&file).unwrap();
    other.check_settled(&object, config).await.unwrap();
}

#[tokio::test]
async fn what_changed_outside_is_planned_back() {
    let (host, shelf) = host().await;
    let config = json!({"name": "a", "text": "one"});
    let object = host.create("toy_thing", config.clone()).await.unwrap();
    shelf.things().get_mut("a").unwrap().text = Attr::from("drifted");
    let plan = host.plan("toy_thing", Some(&object), config.clone()).await.unwrap();
    assert_eq!(plan.action(), Action::Update);
    let options = PlanOptions { without_refresh: true, ..PlanOptions::default() };
    let plan = host.plan_with("toy_thing", Some(&object), config.clone(), options).await.unwrap();
    assert_eq!(plan.action(), Action::NoOp);
    let error = host.check_settled(&object, config.clone()).await.unwrap_err();
    assert_eq!(error.violations()[0].detail, "Update of toy_thing: revision, text");
    shelf.things().clear();
    let plan = host.plan("toy_thing", Some(&object), config).await.unwrap();
    assert_eq!(plan.action(), Action::Create);
}

#[tokio::test]
async fn a_change_for_good_replaces_the_object_in_either_order() {
    for create_before_destroy in [false, true] {
        let (host, shelf) = host().await;
        let object = host.create("toy_thing", json!({"name": "a", "kind": "x"})).await.unwrap();
        let options = PlanOptions { create_before_destroy, ..PlanOptions::default() };
        let config = json!({"name": "b", "kind": "y"});
        let plan = host.plan_with("toy_thing", Some(&object), config, options).await.unwrap();
        assert_eq!(
            (plan.action(), paths(&plan)),
            (Action::Replace, vec!["kind".to_owned(), "name".to_owned()])
        );
        let replaced = host.apply(&plan).await.into_result().unwrap().unwrap();
        assert_eq!(replaced.attributes()["kind"], "y");
        assert_eq!(shelf.names(), ["b"]);
    }
}

#[tokio::test]
async fn replacing_is_also_up_to_the_user() {
    let (host, _) = host().await;
    let config = json!({"name": "a"});
    let object = host.create("toy_thing", config.clone()).await.unwrap();
    let options = PlanOptions { replace: true, ..PlanOptions::default() };
    let plan = host.plan_with("toy_thing", Some(&object), config.clone(), options).await.unwrap();
    assert_eq!((plan.action(), &plan.planned()["revision"]), (Action::Replace, &unknown()));
    let plan = host.plan("toy_thing", Some(&object.taint()), config).await.unwrap();
    assert_eq!(plan.action(), Action::Replace);
}

#[tokio::test]
async fn what_is_unknown_in_the_plan_is_known_in_the_apply() {
    let (host, _) = host().await;
    let config = json!({"name": unknown(), "parts": unknown(), "marks": [{"label": unknown()}]});
    let plan = host.plan("toy_thing", None, config).await.unwrap();
    assert_eq!((&plan.planned()["id"], &plan.planned()["parts"]), (&unknown(), &unknown()));
    let refused = host.apply(&plan).await.into_result().unwrap_err();
    assert!(matches!(refused, HostError::Refused(_)), "{refused}");
    let known = json!({"name": "a", "parts": [{"label": "x"}], "marks": [{"label": "y"}]});
    let object = host.apply_with(&plan, known).await.into_result().unwrap().unwrap();
    assert_eq!(object.attributes()["id"], "a");
}

#[tokio::test]
async fn an_object_is_imported_by_id_and_by_identity() {
    let (host, _) = host().await;
    let config = json!({"name": "a", "text": "one"});
    host.create("toy_thing", config.clone()).await.unwrap();
    let by_id = host.import("toy_thing", "a").await.unwrap();
    let by_identity = host.import_identity("toy_thing", &json!({"name": "a"})).await.unwrap();
    assert_eq!(by_id.attributes(), by_identity.attributes());
    for object in [by_id, by_identity] {
        host.check_settled(&object, config.clone()).await.unwrap();
    }
    let missing = host.import("toy_thing", "b").await.unwrap_err();
    assert!(missing.to_string().starts_with("Cannot import non-existent remote object"), "{missing}");
    let refused = host.import_identity("toy_thing", &json!({})).await.unwrap_err();
    assert!(refused.to_string().contains("\"name\" is required"), "{refused}");
    let refused = host.import_identity("toy_plain", &json!({})).await.unwrap_err();
    assert!(matches!(refused, HostError::Refused(_)), "{refused}");
}

#[tokio::test]
async fn a_state_of_an_older_version_is_upgraded() {
    let (host, _) = host().await;
    let config = json!({"name": "a", "text": "one"});
    let created = host.create("toy_thing", config.clone()).await.unwrap();
    let mut attributes = created.attributes();
    attributes["message"] = attributes["text"].take();
    host.check_settled(&Object::stored("toy_thing", 0, &attributes), config).await.unwrap();
    let newer = host.refresh(&Object::stored("toy_thing", 2, &attributes)).await.unwrap_err();
    assert!(newer.to_string().starts_with("Resource instance managed by newer provider version"), "{newer}");
}

#[tokio::test]
async fn an_identity_of_an_older_version_is_upgraded_and_a_missing_one_is_filled_in() {
    let (host, _) = host().await;
    let created = host.create("toy_thing", json!({"name": "a"})).await.unwrap();
    let mut file = serde_json::to_value(&created).unwrap();
    assert_eq!(file["identity_schema_version"], 1);
    file["identity_schema_version"] = json!(0);
    file["identity"] = json!({"title": "a"});
    let old = file.clone();
    file.as_object_mut().unwrap().remove("identity");
    for file in [old, file] {
        let object: Object = serde_json::from_str(&file.to_string()).unwrap();
        let object = host.refresh(&object).await.unwrap().unwrap();
        assert_eq!(object.identity(), Some(json!({"name": "a"})));
    }
}

#[tokio::test]
async fn attributes_that_are_gone_from_the_schema_do_not_disturb() {
    let (host, _) = host().await;
    let config = json!({"name": "a"});
    let created = host.create("toy_thing", config.clone()).await.unwrap();
    let mut attributes = created.attributes();
    attributes["gone"] = json!([1]);
    host.check_settled(&Object::stored("toy_thing", 1, &attributes), config).await.unwrap();
}

#[tokio::test]
async fn a_resource_without_identity_needs_none() {
    let (host, _) = host().await;
    let object = host.create("toy_plain", json!({"text": "a"})).await.unwrap();
    assert_eq!(object.identity(), None);
    host.check_settled(&object, json!({"text": "a"})).await.unwrap();
}

#[tokio::test]
async fn a_data_source_is_read_when_its_query_is_known() {
    let (host, _) = host().await;
    host.create("toy_thing", json!({"name": "a", "text": "one"})).await.unwrap();
    let found = host.read_data_source("toy_saying", json!({"name": "a"})).await.unwrap();
    assert_eq!(found, json!({"name": "a", "text": "one"}));
    assert_eq!(host.read_data_source("toy_saying", json!({"name": unknown()})).await.unwrap(), unknown());
    let error = host.read_data_source("toy_saying", json!({"name": "b"})).await.unwrap_err();
    assert!(matches!(error, HostError::Diagnostics(_)), "{error}");
}

#[tokio::test]
async fn warnings_arrive_and_errors_of_the_provider_end_a_step() {
    let (host, _) = host().await;
    let plan = host.plan("toy_thing", None, json!({"name": "a", "text": "odd"})).await.unwrap();
    assert_eq!(plan.warnings().to_string(), "Odd text: It is odd.");
    let error = host.plan("toy_thing", None, json!({"name": "a", "text": "invalid"})).await.unwrap_err();
    assert_eq!(error.to_string(), "Invalid text: Say something else.");
    let guarded = host.create("toy_thing", json!({"name": "a", "text": "guarded"})).await.unwrap();
    assert_eq!(host.plan_destroy(&guarded).await.unwrap_err().to_string(), "Guarded: It is guarded.");
}

/// Proves: provider/functions-types-and-names-that-it-does-not-have
#[tokio::test]
async fn names_the_provider_does_not_have_are_refused() {
    let (host, _) = host().await;
    let error = host.plan("toy_other", None, json!({})).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Invalid resource type: The provider example/toy does not support resource type \"toy_other\"."
    );
    assert!(host.read_data_source("toy_other", json!({})).await.is_err());
    assert!(matches!(host.configure(json!({})).await.unwrap_err(), HostError::Refused(_)));
}

#[tokio::test]
async fn a_host_that_would_store_write_only_values_is_refused() {
    let (host, _) = host().await;
    let host = host.without_write_only();
    let error = host.plan("toy_thing", None, json!({"name": "a", "secret": "s3cret"})).await.unwrap_err();
    assert!(matches!(error, HostError::Diagnostics(_)) && !error.to_string().contains("s3cret"), "{error}");
}

#[tokio::test]
async fn a_decision_is_put_off_where_the_host_allows_it() {
    let shelf = std::sync::Arc::default();
    let host = crate::testing::Host::start(super::toy::Toy(shelf)).await.unwrap();
    host.configure(json!({"shelf": unknown()})).await.unwrap();
    let config = json!({"name": "a"});
    let error = host.plan("toy_thing", None, config.clone()).await.unwrap_err();
    assert!(error.to_string().starts_with("Shelf is not known"), "{error}");
    let host = host.with_deferral();
    let plan = host.plan("toy_thing", None, config.clone()).await.unwrap();
    assert!(plan.is_deferred());
    assert!(matches!(host.apply(&plan).await.into_result().unwrap_err(), HostError::Refused(_)));
    host.configure(json!({"shelf": "top"})).await.unwrap();
    let plan = host.plan("toy_thing", None, config).await.unwrap();
    assert!(!plan.is_deferred());
    host.configure(json!({"shelf": unknown()})).await.unwrap();
    let error = host.apply(&plan).await.into_result().unwrap_err();
    assert!(error.to_string().starts_with("Unexpected provider deferral"), "{error}");
}

#[tokio::test]
async fn an_object_of_another_type_is_taken_over_by_a_provider_that_is_not_configured() {
    let (host, shelf) = host().await;
    host.create("toy_thing", json!({"name": "a", "text": "one"})).await.unwrap();
    let other = Object::stored("other_thing", 3, &json!({"name": "a", "text": "one", "length": 4}));
    let unconfigured = crate::testing::Host::start(super::toy::Toy(shelf)).await.unwrap();
    let moved =
        unconfigured.move_state("registry.terraform.io/example/other", &other, "toy_thing").await.unwrap();
    assert_eq!(moved.identity(), Some(json!({"name": "a"})));
    host.check_settled(&host.refresh(&moved).await.unwrap().unwrap(), json!({"name": "a", "text": "one"}))
        .await
        .unwrap();
    let strange = Object::stored("strange_thing", 0, &json!({}));
    let error = unconfigured.move_state("registry.terraform.io/example/other", &strange, "toy_thing").await;
    assert!(matches!(error.unwrap_err(), HostError::Diagnostics(_)));
}
