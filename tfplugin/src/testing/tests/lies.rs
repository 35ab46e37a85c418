//! Every rule, broken by itself: which lie makes a host say which words.

use serde_json::{Value as Json, json};

use super::liar::{Lie, change, identity, lied_to};
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
    Update,
    Replace,
    Refresh,
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
async fn existing(host: &crate::testing::Host, shelf: &super::toy::Shelf) -> Object {
    let honest = super::toy::host().await;
    let object = honest.0.create("toy_thing", before()).await.unwrap();
    shelf.things().append(&mut honest.1.things());
    let _ = host;
    object
}

async fn run(step: Step, lie: Lie) -> Result<(), HostError> {
    let (host, shelf) = lied_to(lie).await?;
    let object = existing(&host, &shelf).await;
    match step {
        Step::Start => Ok(()),
        Step::Plan => host.plan("toy_thing", None, json!({"name": "b", "secret": "s3cret"})).await.map(drop),
        Step::Create => host.create("toy_thing", json!({"name": "b", "token": "t0ken"})).await.map(drop),
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
    use Step::*;
    let lies: Vec<(Step, Lie, &str)> = vec![
        // Schemas.
        (Start, Lie::Schema(|a, _| a.provider = None), "The schema of the provider is invalid"),
        (
            Start,
            Lie::Schema(|a, _| a.resource_schemas.get_mut("toy_thing").unwrap().block = None),
            "The schema of resource toy_thing is invalid: its schema has no block.",
        ),
        (
            Start,
            Lie::Schema(|a, _| {
                let block = a.resource_schemas.get_mut("toy_thing").unwrap().block.as_mut().unwrap();
                block.attributes[0].r#type = "text".into();
            }),
            "a type is malformed",
        ),
        (
            Plan,
            Lie::Validate(|a, _| a.diagnostics.push(proto::Diagnostic::default())),
            "Provider produced invalid diagnostic",
        ),
        // Upgrades.
        (
            Refresh,
            Lie::Upgrade(|a, _| a.upgraded_state = misfit()),
            "Invalid resource state upgrade: The example/toy provider upgraded the state for toy_thing.this",
        ),
        (
            Refresh,
            Lie::Upgrade(|a, ty| change(&mut a.upgraded_state, ty, "text", Value::unknown())),
            "The returned state contains unknown values",
        ),
        (
            Refresh,
            Lie::Upgrade(|a, ty| change(&mut a.upgraded_state, ty, "secret", Value::from("s3cret"))),
            "Invalid resource state upgrade: Provider \"example/toy\" returned a value for the write-only attribute \
             \"toy_thing.this.secret\"",
        ),
        // Reads.
        (
            Refresh,
            Lie::Read(|a, ty| change(&mut a.new_state, ty, "text", Value::unknown())),
            "Provider \"example/toy\" planned an invalid value for toy_thing.this.text during refresh: The returned state \
             contains unknown values",
        ),
        (
            Refresh,
            Lie::Read(|a, ty| change(&mut a.new_state, ty, "secret", Value::from("s3cret"))),
            "Provider produced invalid object: Provider \"example/toy\" returned a value for the write-only attribute \
             \"toy_thing.this.secret\" during refresh",
        ),
        (Refresh, Lie::Read(|a, _| a.new_identity = None), "Missing Resource Identity After Read"),
        (Refresh, Lie::Read(|a, _| a.new_identity = identity("b".into())), "Unexpected Identity Change"),
        (
            Refresh,
            Lie::Read(|a, _| a.new_identity = identity(Value::unknown())),
            "an identity with unknown values",
        ),
        (
            Refresh,
            Lie::Read(|a, _| a.deferred = Some(proto::Deferred { reason: 1 })),
            "Unexpected provider deferral",
        ),
        // Plans.
        (
            Plan,
            Lie::Plan(|a, ty| planned(a, ty, "name", "other".into())),
            "Provider produced invalid plan: Provider \"example/toy\" planned an invalid value for toy_thing.this.name: \
             planned value cty.StringVal(\"other\") does not match config value cty.StringVal(\"b\")",
        ),
        (
            Plan,
            Lie::Plan(|a, ty| planned(a, ty, "text", "own".into())),
            "planned value cty.StringVal(\"own\") for a non-computed attribute",
        ),
        (
            Plan,
            Lie::Plan(|a, ty| planned(a, ty, "secret", "s3cret".into())),
            "Provider produced invalid plan: Provider \"example/toy\" returned a value for the write-only attribute \
             \"toy_thing.this.secret\" during planning",
        ),
        (Plan, Lie::Plan(|a, _| a.planned_state = None), "planned for absence but config wants existence"),
        (Plan, Lie::Plan(|a, _| a.planned_state = misfit()), "Provider produced invalid plan"),
        (
            Plan,
            Lie::Plan(|a, ty| planned(a, ty, "marks", Value::Null)),
            "attribute representing a list of nested blocks must be empty to indicate no blocks, not null",
        ),
        (
            Update,
            Lie::Plan(|a, ty| planned(a, ty, "token", "oth3r".into())),
            "sensitive planned value does not match config value nor prior value",
        ),
        (
            Update,
            Lie::Plan(|a, ty| planned(a, ty, "parts", Value::unknown())),
            "count in plan (cty.UnknownVal(cty.Number)) disagrees with count in config (cty.NumberIntVal(1))",
        ),
        (
            Update,
            Lie::Plan(|a, ty| planned(a, ty, "marks", Value::List(vec![]))),
            "block count in plan (0) disagrees with count in config (1)",
        ),
        (
            Update,
            Lie::Plan(|a, _| {
                a.requires_replace.push(convert::attribute_path(&crate::value::Path::root().attribute("no")))
            }),
            "has indicated \"requires replacement\" on toy_thing.this for a non-existent attribute path no",
        ),
        (
            Update,
            Lie::Plan(|a, _| a.planned_identity = identity(Value::unknown())),
            "Provider produced invalid identity",
        ),
        (Update, Lie::Plan(|a, _| a.legacy_type_system = true), "Provider uses the legacy type system"),
        (
            Plan,
            Lie::Plan(|a, _| a.deferred = Some(proto::Deferred { reason: 1 })),
            "Unexpected provider deferral",
        ),
        (
            Destroy,
            Lie::Plan(|a, ty| a.planned_state = object(ty)),
            "Provider produced invalid plan: Provider \"example/toy\" planned a non-null destroy value",
        ),
        // Applies.
        (
            Create,
            Lie::Apply(|a, _| a.new_state = None),
            "Provider \"example/toy\" produced an invalid nil value after apply for toy_thing.this",
        ),
        (Create, Lie::Apply(|a, _| a.new_state = null()), "Root object was present, but now absent"),
        (
            Create,
            Lie::Apply(|a, _| a.new_state = misfit()),
            "The result cannot be saved in the Terraform state",
        ),
        (
            Create,
            Lie::Apply(|a, ty| change(&mut a.new_state, ty, "secret", "s3cret".into())),
            "Provider produced invalid object: Provider \"example/toy\" returned a value for the write-only attribute \
             \"toy_thing.this.secret\" after apply",
        ),
        (
            Create,
            Lie::Apply(|a, ty| change(&mut a.new_state, ty, "revision", Value::unknown())),
            "Provider returned invalid result object after apply: After the apply operation, the provider still indicated \
             an unknown value for toy_thing.this.revision",
        ),
        (
            Create,
            Lie::Apply(|a, ty| change(&mut a.new_state, ty, "colour", "red".into())),
            "Provider produced inconsistent result after apply: When applying changes to toy_thing.this, provider \
             \"example/toy\" produced an unexpected new value: .colour: was cty.StringVal(\"blue\"), but now \
             cty.StringVal(\"red\")",
        ),
        (
            Create,
            Lie::Apply(|a, ty| change(&mut a.new_state, ty, "token", "oth3r".into())),
            ".token: inconsistent values for sensitive attribute",
        ),
        (
            Update,
            Lie::Apply(|a, ty| change(&mut a.new_state, ty, "marks", Value::List(vec![]))),
            ".marks: block count changed from 1 to 0",
        ),
        (Create, Lie::Apply(|a, _| a.new_identity = None), "Missing Resource Identity After Create"),
        (Update, Lie::Apply(|a, _| a.new_identity = None), "Missing Resource Identity After Update"),
        (Update, Lie::Apply(|a, _| a.new_identity = identity("b".into())), "Unexpected Identity Change"),
        (
            Destroy,
            Lie::Apply(|a, ty| a.new_state = object(ty)),
            "After applying a Delete plan, the provider returned a non-nil object for toy_thing.this",
        ),
        // Imports.
        (Import, Lie::Import(|a, _| a.imported_resources.clear()), "Import returned no resources"),
        (
            Import,
            Lie::Import(|a, _| a.imported_resources.push(a.imported_resources[0].clone())),
            "Multiple import states not supported",
        ),
        (
            Import,
            Lie::Import(|a, _| a.imported_resources[0].type_name = "toy_plain".to_owned()),
            "Import returned an instance of another type",
        ),
        (Import, Lie::Import(|a, _| a.imported_resources[0].state = null()), "Import returned null resource"),
        (
            Import,
            Lie::Import(|a, ty| change(&mut a.imported_resources[0].state, ty, "text", Value::unknown())),
            "The returned state contains unknown values",
        ),
        (
            Import,
            Lie::Import(|a, ty| change(&mut a.imported_resources[0].state, ty, "secret", "s3cret".into())),
            "Import returned a non-null value for a write-only attribute",
        ),
        (
            ImportIdentity,
            Lie::Import(|a, _| a.imported_resources[0].identity = None),
            "Missing Resource Identity After Import",
        ),
        (Import, Lie::Read(|a, _| a.new_identity = None), "Missing Resource Identity After Read"),
        (Import, Lie::Read(|a, _| a.new_state = null()), "Cannot import non-existent remote object"),
        // Data sources.
        (ReadData, Lie::ReadData(|a, _| a.state = null()), "Provider produced null object"),
        (
            ReadData,
            Lie::ReadData(|a, _| a.state = saying(Value::from("b"), Value::Null)),
            "does not match config value",
        ),
        (
            ReadData,
            Lie::ReadData(|a, _| a.state = saying("a".into(), Value::unknown())),
            "contains unknown values",
        ),
        // Moves.
        (Move, Lie::Move(|a, _| a.target_state = null()), "Provider returned invalid value"),
        (
            Move,
            Lie::Move(|a, ty| change(&mut a.target_state, ty, "secret", "s3cret".into())),
            "returned a value for the write-only attribute \"toy_thing.this.secret\" during an across type move operation",
        ),
        (
            Move,
            Lie::Move(|a, ty| change(&mut a.target_state, ty, "text", Value::unknown())),
            "The returned state contains unknown values",
        ),
        // Generated configurations.
        (
            Generate,
            Lie::Generate(|a, ty| change(&mut a.config, ty, "name", Value::Null)),
            "The argument \"name\" is required, but no definition was found.",
        ),
        (
            Generate,
            Lie::Generate(|a, ty| change(&mut a.config, ty, "revision", 1.into())),
            "Can't configure a value for \"revision\"",
        ),
        // Ephemeral resources.
        (Open, Lie::Open(|a, _| a.result = null()), "Provider produced null object"),
        (
            Open,
            Lie::Open(|a, _| a.result = key("you".into(), "s3cret".into())),
            "does not match config value",
        ),
        (Open, Lie::Open(|a, _| a.result = key("me".into(), Value::unknown())), "contains unknown values"),
        (
            Open,
            Lie::Open(|a, _| a.deferred = Some(proto::Deferred { reason: 1 })),
            "Unexpected provider deferral",
        ),
        (
            Open,
            Lie::Open(|a, _| a.renew_at = Some(prost_types::Timestamp { seconds: i64::MIN, nanos: -1 })),
            "Provider returned an invalid time",
        ),
        // Functions.
        (Call, Lie::Call(|a, _| a.result = None), "returned an invalid result: there is none"),
        (Call, Lie::Call(|a, _| a.result = misfit()), "returned an invalid result: expected string"),
        (
            Call,
            Lie::Call(|a, _| a.result = text(Value::unknown())),
            "returned an invalid result: it is unknown although all arguments are known",
        ),
        (
            Call,
            Lie::Call(|a, _| a.result = text(ever_new())),
            "Provider function returned an inconsistent result",
        ),
        (
            Call,
            Lie::Call(|a, _| {
                a.error = Some(proto::FunctionError { text: "no".into(), function_argument: Some(3) })
            }),
            "is about an argument that the call does not have",
        ),
        // Lists.
        (List, Lie::List(|events, _| events[0].identity = None), "missing identity data"),
        (
            List,
            Lie::List(|events, _| events[0].identity = identity(Value::unknown())),
            "Provider produced invalid identity",
        ),
        (
            List,
            Lie::List(|events, ty| change(&mut events[0].resource_object, ty, "secret", "s3cret".into())),
            "returned a value for the write-only attribute \"toy_thing.this.secret\" in a list",
        ),
        (
            List,
            Lie::List(|events, ty| change(&mut events[0].resource_object, ty, "text", Value::unknown())),
            "The returned state contains unknown values",
        ),
        (
            List,
            Lie::List(|events, _| events[0].resource_object = misfit()),
            "Provider produced invalid list result",
        ),
        (
            Start,
            Lie::IdentitySchemas(|a, _| a.identity_schemas.clear()),
            "The schema of list resource toy_thing is invalid",
        ),
        // Actions.
        (
            PlanAction,
            Lie::PlanAction(|a, _| a.deferred = Some(proto::Deferred { reason: 1 })),
            "Unexpected provider deferral",
        ),
        (
            Invoke,
            Lie::Invoke(|events, _| events[0].r#type = None),
            "an event with nothing in it, which crashes hosts",
        ),
        (
            Invoke,
            Lie::Invoke(|events, _| drop(events.pop())),
            "The action ended without saying that it is completed.",
        ),
        (
            Invoke,
            Lie::Invoke(|events, _| events.push(events[0].clone())),
            "The action went on after it was completed.",
        ),
    ];
    for (step, lie, words) in lies {
        let error = run(step, lie).await.expect_err(words).to_string();
        assert!(error.contains(words), "{step:?}, expected: {words}\nfound: {error}");
        for secret in ["s3cret", "t0ken", "oth3r"] {
            assert!(!error.contains(secret), "{error}");
        }
    }
}

#[tokio::test]
async fn without_a_lie_every_step_succeeds() {
    use Step::*;
    for step in [
        Start,
        Plan,
        Create,
        Update,
        Replace,
        Refresh,
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
    ] {
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
