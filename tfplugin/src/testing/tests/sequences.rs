//! Which calls a host makes in each step, and in which order: those of Terraform.

use serde_json::json;

use super::liar::{Lie, lied_to};
use super::toy::Shelf;
use crate::testing::{Host, ListOptions, Object, PlanOptions};

const HONEST: Lie = Lie::Validate(|_, _| {});

const PLAN_NEW: [&str; 2] = ["validate_resource_config", "plan_resource_change"];
const PLAN: [&str; 4] =
    ["upgrade_resource_state", "read_resource", "validate_resource_config", "plan_resource_change"];
const CREATE: [&str; 3] = ["validate_resource_config", "plan_resource_change", "apply_resource_change"];
const DELETE: [&str; 2] = ["upgrade_resource_state", "apply_resource_change"];

/// The calls since somebody last asked.
fn calls(shelf: &Shelf) -> Vec<&'static str> {
    requests(shelf).into_iter().map(|(call, _)| call).collect()
}

/// The same with what they ask.
fn requests(shelf: &Shelf) -> Vec<(&'static str, String)> {
    std::mem::take(&mut *shelf.calls.lock().unwrap())
}

async fn created(name: &str) -> (Host, std::sync::Arc<Shelf>, Object) {
    let (host, shelf) = lied_to(HONEST).await.unwrap();
    let object = host.create("toy_thing", json!({"name": name})).await.unwrap();
    calls(&shelf);
    (host, shelf, object)
}

#[tokio::test]
async fn a_process_starts_with_its_schemas_and_its_configuration() {
    let (_, shelf) = lied_to(HONEST).await.unwrap();
    let expected = [
        "get_provider_schema",
        "get_resource_identity_schemas",
        "validate_provider_config",
        "configure_provider",
    ];
    assert_eq!(calls(&shelf), expected);
}

#[tokio::test]
async fn a_configuration_is_validated_before_every_plan_and_a_plan_made_again_before_every_apply() {
    let (host, shelf) = lied_to(HONEST).await.unwrap();
    calls(&shelf);
    let plan = host.plan("toy_thing", None, json!({"name": "a"})).await.unwrap();
    assert_eq!(calls(&shelf), PLAN_NEW);
    let object = host.apply(&plan).await.into_result().unwrap().unwrap();
    assert_eq!(calls(&shelf), CREATE);
    let plan = host.plan("toy_thing", Some(&object), json!({"name": "a", "text": "one"})).await.unwrap();
    assert_eq!(calls(&shelf), PLAN);
    let object = host.apply(&plan).await.into_result().unwrap().unwrap();
    assert_eq!(calls(&shelf), [&["upgrade_resource_state"], &CREATE[..]].concat());
    let plan = host.plan("toy_thing", Some(&object), json!({"name": "a", "text": "one"})).await.unwrap();
    calls(&shelf);
    host.apply(&plan).await.into_result().unwrap();
    assert!(calls(&shelf).is_empty(), "where there is nothing to do nobody is asked");
}

#[tokio::test]
async fn a_replacement_is_planned_twice_and_applied_in_two_steps() {
    for create_before_destroy in [false, true] {
        let (host, shelf, object) = created("a").await;
        let options = PlanOptions { create_before_destroy, ..PlanOptions::default() };
        let plan = host.plan_with("toy_thing", Some(&object), json!({"name": "b"}), options).await.unwrap();
        assert_eq!(calls(&shelf), [&PLAN[..], &["plan_resource_change"]].concat());
        host.apply(&plan).await.into_result().unwrap();
        let steps = if create_before_destroy { [&CREATE[..], &DELETE] } else { [&DELETE[..], &CREATE] };
        assert_eq!(calls(&shelf), steps.concat());
    }
}

#[tokio::test]
async fn the_second_plan_of_a_replacement_has_no_prior_object_and_what_the_first_one_remembered() {
    for opentofu in [false, true] {
        let (host, shelf, object) = created("a").await;
        let host = if opentofu { host.as_opentofu() } else { host };
        assert!(!object.private().is_empty());
        host.plan("toy_thing", Some(&object), json!({"name": "a", "kind": "other"})).await.unwrap();
        let requests = requests(&shelf);
        let [.., (_, first), (_, second)] = &*requests else { panic!("{requests:?}") };
        // A null object is one byte of msgpack, and nothing in JSON.
        let null = r#"prior_state: Some(DynamicValue { msgpack: b"\xc0", json: b"" })"#;
        assert!(!first.contains(null) && second.contains(null), "{second}");
        assert!(first.contains("had_secret") && second.contains("had_secret"), "{second}");
        assert!(first.contains("prior_identity: Some"), "{first}");
        assert_eq!(second.contains("prior_identity: Some"), !opentofu, "{second}");
    }
}

#[tokio::test]
async fn attributes_that_are_gone_from_the_schema_are_not_sent_unless_the_version_is_older() {
    for (version, sent) in [(1, false), (0, true)] {
        let (host, shelf, object) = created("a").await;
        let mut attributes = object.attributes();
        attributes["gone"] = json!(true);
        host.refresh(&Object::stored("toy_thing", version, &attributes)).await.unwrap();
        assert_eq!(requests(&shelf)[0].1.contains("gone"), sent, "version {version}");
    }
}

#[tokio::test]
async fn each_host_says_what_it_is_capable_of() {
    for (opentofu, capabilities) in
        [(false, "client_capabilities: None"), (true, "client_capabilities: Some")]
    {
        let (host, shelf, _) = created("a").await;
        let host = if opentofu { host.as_opentofu() } else { host };
        host.open_ephemeral("toy_key", json!({"holder": "me"})).await.unwrap();
        let requests = requests(&shelf);
        assert!(requests[1].1.contains(capabilities), "{requests:?}");
    }
}

#[tokio::test]
async fn a_tainted_object_is_planned_once() {
    let (host, shelf, object) = created("a").await;
    host.plan("toy_thing", Some(&object.taint()), json!({"name": "a"})).await.unwrap();
    assert_eq!(calls(&shelf), PLAN);
}

#[tokio::test]
async fn a_deletion_is_planned_and_not_planned_again() {
    let (host, shelf, object) = created("a").await;
    host.destroy(&object).await.unwrap();
    let expected =
        [&["upgrade_resource_state", "read_resource", "plan_resource_change"], &DELETE[..]].concat();
    assert_eq!(calls(&shelf), expected);
}

#[tokio::test]
async fn an_import_is_read_and_a_move_is_not() {
    let (host, shelf, _) = created("a").await;
    let object = host.import("toy_thing", "a").await.unwrap();
    assert_eq!(calls(&shelf), ["import_resource_state", "read_resource"]);
    host.generate_config(&object).await.unwrap();
    assert_eq!(calls(&shelf), ["upgrade_resource_state", "generate_resource_config"]);
    let other = Object::stored("other_thing", 0, &json!({"name": "a"}));
    host.move_state("registry.terraform.io/example/other", &other, "toy_thing").await.unwrap();
    assert_eq!(calls(&shelf), ["move_resource_state"]);
}

#[tokio::test]
async fn everything_else_is_validated_first() {
    let (host, shelf, _) = created("a").await;
    host.read_data_source("toy_saying", json!({"name": "a"})).await.unwrap();
    assert_eq!(calls(&shelf), ["validate_data_resource_config", "read_data_source"]);
    let opened = host.open_ephemeral("toy_key", json!({"holder": "me"})).await.unwrap();
    host.close_ephemeral(&opened).await.unwrap();
    let expected =
        ["validate_ephemeral_resource_config", "open_ephemeral_resource", "close_ephemeral_resource"];
    assert_eq!(calls(&shelf), expected);
    host.list("toy_thing", json!({}), ListOptions::default()).await.unwrap();
    assert_eq!(calls(&shelf), ["validate_list_resource_config", "list_resource"]);
    host.plan_action("toy_shout", json!({"text": "hey"})).await.unwrap();
    assert_eq!(calls(&shelf), ["validate_action_config", "plan_action"]);
    let invoked = host.invoke_action("toy_shout", json!({"text": "hey"})).await.unwrap();
    invoked.outcome.unwrap();
    assert_eq!(calls(&shelf), ["validate_action_config", "invoke_action"]);
}

#[tokio::test]
async fn a_configuration_is_validated_by_a_provider_that_is_not_configured() {
    let host = Host::start(super::toy::Toy(std::sync::Arc::default())).await.unwrap();
    host.validate("toy_thing", &json!({"name": crate::testing::unknown()})).await.unwrap();
    let error = host.validate("toy_thing", &json!({"name": "a", "text": "invalid"})).await.unwrap_err();
    assert_eq!(error.to_string(), "Invalid text: Say something else.");
}
