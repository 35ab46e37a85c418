//! Every rule, broken by itself: which lie makes a host say which words.

mod rows;

use serde_json::{Value as Json, json};

use super::liar::{Lie, change, lied_to};
use crate::testing::{HostError, ListOptions, Object, unknown};
use crate::value::Value;
use crate::wire::convert;
use crate::wire::proto::tfplugin6 as proto;

/// What the test does to be lied to.
#[derive(Clone, Copy, Debug)]
enum Step {
    Start,
    Plan,
    Create,
    CreatePlain,
    Update,
    Replace,
    Refresh,
    RefreshOldIdentity,
    Destroy,
    Import,
    ImportIdentity,
    ReadData,
    Move,
    Generate,
    Open,
    Call,
    List,
    PlanAction,
    Invoke,
}

fn before() -> Json {
    json!({"name": "a", "text": "one", "token": "t0ken", "parts": [{"label": "x"}], "marks": [{"label": "y"}]})
}

/// The thing on the shelf and in the state from before the lies began.
async fn existing(shelf: &super::toy::Shelf) -> Object {
    let honest = super::toy::host().await;
    let object = honest.0.create("toy_thing", before()).await.unwrap();
    shelf.things().append(&mut honest.1.things());
    object
}

/// The same thing as a state of an older release holds it.
fn with_old_identity(object: &Object) -> Object {
    let mut file = serde_json::to_value(object).unwrap();
    file["identity_schema_version"] = json!(0);
    file["identity"] = json!({"title": "a"});
    serde_json::from_str(&file.to_string()).unwrap()
}

async fn run(step: Step, lie: Lie) -> Result<(), HostError> {
    let (host, shelf) = lied_to(lie).await?;
    let object = existing(&shelf).await;
    match step {
        Step::Start => Ok(()),
        Step::Plan => host.plan("toy_thing", None, json!({"name": "b", "secret": "s3cret"})).await.map(drop),
        Step::Create => host.create("toy_thing", json!({"name": "b", "token": "t0ken"})).await.map(drop),
        Step::CreatePlain => host.create("toy_plain", json!({})).await.map(drop),
        Step::Update => {
            let mut config = before();
            config["text"] = json!("two");
            host.update(&object, config).await.map(drop)
        }
        Step::Replace => {
            let mut config = before();
            config["kind"] = json!("other");
            host.plan("toy_thing", Some(&object), config).await.map(drop)
        }
        Step::Refresh => host.refresh(&object).await.map(drop),
        Step::RefreshOldIdentity => host.refresh(&with_old_identity(&object)).await.map(drop),
        Step::Destroy => host.destroy(&object).await,
        Step::Import => host.import("toy_thing", "a").await.map(drop),
        Step::ImportIdentity => host.import_identity("toy_thing", &json!({"name": "a"})).await.map(drop),
        Step::ReadData => host.read_data_source("toy_saying", json!({"name": "a"})).await.map(drop),
        Step::Move => {
            let other = Object::stored("other_thing", 0, &json!({"name": "a"}));
            host.move_state("registry.terraform.io/example/other", &other, "toy_thing").await.map(drop)
        }
        Step::Generate => host.generate_config(&object).await.map(drop),
        Step::Open => host.open_ephemeral("toy_key", json!({"holder": "me"})).await.map(drop),
        Step::Call => host.call_function("label", &[json!(null), json!("a"), json!("b")]).await.map(drop),
        Step::List => {
            let options = ListOptions { include_object: true, ..ListOptions::default() };
            host.list("toy_thing", json!({}), options).await.map(drop)
        }
        Step::PlanAction => host.plan_action("toy_shout", json!({"text": "hey"})).await.map(drop),
        Step::Invoke => host.invoke_action("toy_shout", json!({"text": "hey"})).await?.outcome.map(drop),
    }
}

fn planned(
    answer: &mut proto::plan_resource_change::Response,
    ty: &crate::value::Type,
    name: &str,
    to: Value,
) {
    change(&mut answer.planned_state, ty, name, to);
}

fn null() -> Option<proto::DynamicValue> {
    convert::encode(&Value::Null, &crate::value::Type::Bool).unwrap()
}

fn misfit() -> Option<proto::DynamicValue> {
    convert::encode(&Value::from(true), &crate::value::Type::Bool).unwrap()
}

#[tokio::test]
async fn every_lie_is_found_and_named_as_core_names_it() {
    for (step, lie, words) in rows::TABLES.into_iter().flatten() {
        let error = run(*step, *lie).await.expect_err(words).to_string();
        assert!(error.contains(words), "{step:?}, expected: {words}\nfound: {error}");
        for secret in ["s3cret", "t0ken", "oth3r"] {
            assert!(!error.contains(secret), "{error}");
        }
    }
}

#[tokio::test]
async fn without_a_lie_every_step_succeeds() {
    use Step::*;
    let managed = [
        Start,
        Plan,
        Create,
        CreatePlain,
        Update,
        Replace,
        Refresh,
        RefreshOldIdentity,
        Destroy,
        Import,
        ImportIdentity,
        Move,
        Generate,
    ];
    let others = [ReadData, Open, Call, List, PlanAction, Invoke];
    for step in managed.into_iter().chain(others) {
        run(step, Lie::Schema(|_, _| {})).await.unwrap_or_else(|error| panic!("{step:?}: {error}"));
    }
}

#[tokio::test]
async fn a_replacement_is_planned_from_nothing_the_second_time() {
    let lie = Lie::Plan(|answer, _| answer.planned_private = "first".into());
    run(Step::Replace, lie).await.unwrap();
    let leak = Lie::Plan(|answer, ty| {
        let planned = convert::decode(answer.planned_state.clone(), ty).unwrap();
        let second = planned.at(&crate::value::Path::root().attribute("revision")) == Some(&Value::unknown())
            && answer.requires_replace.is_empty();
        if second {
            change(&mut answer.planned_state, ty, "secret", "s3cret".into());
        }
    });
    let error = run(Step::Replace, leak).await.unwrap_err().to_string();
    assert!(error.contains("returned a value for the write-only attribute"), "{error}");
}

#[tokio::test]
async fn a_plan_made_in_the_apply_must_keep_the_promises_of_the_first() {
    let (host, _) = super::toy::host().await;
    let plan = host.plan("toy_thing", None, json!({"name": unknown(), "text": "one"})).await.unwrap();
    let error = host.apply_with(&plan, json!({"name": "a", "text": "two"})).await.into_result().unwrap_err();
    let words = "Provider produced inconsistent final plan: When expanding the plan for toy_thing.this to include new values \
                 learned so far during apply, provider \"example/toy\" produced an invalid new value for .text: was \
                 cty.StringVal(\"one\"), but now cty.StringVal(\"two\").";
    assert!(error.to_string().starts_with(words), "{error}");
}

#[tokio::test]
async fn a_plan_made_in_the_apply_must_do_the_same() {
    let (host, _) = super::toy::host().await;
    let object = host.create("toy_thing", json!({"name": "a", "kind": "x"})).await.unwrap();
    let config = json!({"name": "a", "kind": "x", "text": unknown()});
    let plan = host.plan("toy_thing", Some(&object), config).await.unwrap();
    let known = json!({"name": "a", "kind": "y", "text": "one"});
    let error = host.apply_with(&plan, known).await.into_result().unwrap_err();
    assert!(
        error.to_string().contains("changed the planned action from Update to DeleteThenCreate"),
        "{error}"
    );
    let unchanged = json!({"name": "a", "kind": "x"});
    let applied = host.apply_with(&plan, unchanged).await.into_result().unwrap().unwrap();
    assert_eq!(applied.attributes(), object.attributes());
}

#[tokio::test]
async fn what_is_saved_after_a_lie_is_what_core_saves() {
    let (host, _) =
        lied_to(Lie::Apply(|a, ty| change(&mut a.new_state, ty, "colour", "red".into()))).await.unwrap();
    let plan = host.plan("toy_thing", None, json!({"name": "a"})).await.unwrap();
    let object = host.apply(&plan).await.object.unwrap();
    assert!(object.is_tainted());
    let (host, _) = lied_to(Lie::Apply(|a, ty| change(&mut a.new_state, ty, "revision", Value::unknown())))
        .await
        .unwrap();
    let plan = host.plan("toy_thing", None, json!({"name": "a"})).await.unwrap();
    let object = host.apply(&plan).await.object.unwrap();
    assert_eq!((object.attributes()["revision"].clone(), object.is_tainted()), (Json::Null, true));
    let (host, _) =
        lied_to(Lie::Apply(|a, ty| change(&mut a.new_state, ty, "secret", "s".into()))).await.unwrap();
    let plan = host.plan("toy_thing", None, json!({"name": "a"})).await.unwrap();
    assert!(host.apply(&plan).await.object.is_none(), "an object with a leak is not saved");
}

#[tokio::test]
async fn private_data_and_identity_are_what_was_returned_last() {
    let forgets = Lie::Read(|answer, _| answer.private = "".into());
    let (host, _) = lied_to(forgets).await.unwrap();
    let object = host.create("toy_thing", json!({"name": "a"})).await.unwrap();
    assert!(!object.private().is_empty());
    let object = host.refresh(&object).await.unwrap().unwrap();
    assert!(object.private().is_empty());
}

#[tokio::test]
async fn a_list_is_not_read_beyond_its_limit() {
    let (host, _) = lied_to(Lie::List(|events, _| events.insert(0, events[0].clone()))).await.unwrap();
    host.create("toy_thing", json!({"name": "a"})).await.unwrap();
    for limit in [0, 1, 2] {
        let options = ListOptions { limit, ..ListOptions::default() };
        assert_eq!(host.list("toy_thing", json!({}), options).await.unwrap().objects.len(), limit);
    }
}

/// Some thing, for answers that should have none.
fn object(ty: &crate::value::Type) -> Option<proto::DynamicValue> {
    let crate::value::Type::Object(types) = ty else { unreachable!() };
    convert::encode(&Value::Map(types.keys().map(|name| (name.clone(), Value::Null)).collect()), ty).unwrap()
}

fn saying(name: Value, text: Value) -> Option<proto::DynamicValue> {
    let ty = |_: &str| crate::value::Type::String;
    let ty = crate::value::Type::Object(["name", "text"].map(|n| (n.to_owned(), ty(n))).into());
    convert::encode(&Value::Map([("name".to_owned(), name), ("text".to_owned(), text)].into()), &ty).unwrap()
}

fn text(value: Value) -> Option<proto::DynamicValue> {
    convert::encode(&value, &crate::value::Type::String).unwrap()
}

/// Another text at every call.
fn ever_new() -> Value {
    static CALLS: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(0);
    CALLS.fetch_add(1, std::sync::atomic::Ordering::Relaxed).to_string().into()
}

fn key(holder: Value, secret: Value) -> Option<proto::DynamicValue> {
    let ty = ["holder", "secret"].map(|name| (name.to_owned(), crate::value::Type::String));
    let key = Value::Map([("holder".to_owned(), holder), ("secret".to_owned(), secret)].into());
    convert::encode(&key, &crate::value::Type::Object(ty.into())).unwrap()
}
