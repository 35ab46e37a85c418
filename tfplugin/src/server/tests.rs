//! The server's rules on a toy resource: what core proposes in, what a host may see out.
//!
//! Values are written as JSON in which `"?"` stands for an unknown value.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::diagnostics::Diagnostic;
use crate::model::Attr;
use crate::private::Private;
use crate::resource::{
    ApplyError, CreateRequest, DeleteRequest, MoveRequest, ReadRequest, Resource, Saved, UpdateRequest,
};
use crate::value::Refinement;

/// A thing.
#[derive(Clone, Debug, Default, Model)]
struct Thing {
    /// Import id.
    #[attr(computed, id)]
    id: Attr<String>,
    /// Shelf it lies on.
    #[attr(required, identity)]
    shelf: Attr<String>,
    /// Name on the shelf.
    #[attr(required, identity)]
    name: Attr<String>,
    /// What it says.
    #[attr(optional)]
    text: Attr<String>,
    /// Never stored.
    #[attr(optional, sensitive, write_only)]
    secret: Attr<String>,
    /// Counts changes.
    #[attr(computed)]
    revision: Attr<i64>,
    /// Given once.
    #[attr(computed, stable)]
    serial: Attr<String>,
    /// Its colour.
    #[attr(optional, computed, default = "blue")]
    colour: Attr<String>,
    /// Its parts.
    #[attr(optional)]
    parts: Attr<Vec<Part>>,
    /// Its label, a single object that holds nothing but maps.
    #[attr(optional)]
    label: Attr<Label>,
    /// Its marks.
    #[attr(block)]
    marks: Attr<Vec<Part>>,
    /// Its words.
    #[attr(optional)]
    words: Attr<BTreeSet<Attr<String>>>,
}

/// A label.
#[derive(Clone, Debug, Default, Model)]
struct Label {
    /// Never stored.
    #[attr(optional, write_only)]
    hidden: Attr<BTreeMap<String, Attr<String>>>,
    /// Stored.
    #[attr(optional)]
    shown: Attr<BTreeMap<String, Attr<String>>>,
}

/// A part.
#[derive(Clone, Debug, Default, Model)]
struct Part {
    /// Its label.
    #[attr(required)]
    label: Attr<String>,
    /// Its code.
    #[attr(computed)]
    code: Attr<String>,
    /// Never stored.
    #[attr(optional, write_only)]
    pin: Attr<String>,
}

/// Behaves as the text of the thing says.
struct Things;

impl Things {
    fn completed(mut thing: Thing) -> Thing {
        thing.revision = Attr::Known(1);
        thing.serial = Attr::from("s1");
        thing
    }

    async fn write(planned: Thing, private: Private) -> Result<Saved<Thing>, ApplyError<Thing>> {
        let saved = |thing| Saved::new(thing, private.clone());
        match planned.text.as_str() {
            Some("refused") => Err(Diagnostics::error("Refused", "The server refused it.").into()),
            Some("lost answer") => {
                let error = Diagnostics::error("Lost", "The answer was lost.");
                Err(ApplyError::after(saved(planned), error))
            }
            Some("forgetful") => Ok(saved(planned)),
            _ => Ok(saved(Self::completed(planned))),
        }
    }
}

impl Resource for Things {
    type Client = ();
    type Model = Thing;

    const NAME: &'static str = "toy_thing";

    async fn create(
        &self,
        _: &Context<()>,
        r: CreateRequest<Thing>,
    ) -> Result<Saved<Thing>, ApplyError<Thing>> {
        Self::write(r.planned, r.private).await
    }

    async fn read(&self, _: &Context<()>, request: ReadRequest<Thing>) -> Result<Option<Saved<Thing>>> {
        let gone = request.state.text.as_str() == Some("gone");
        Ok((!gone).then(|| Saved::new(Self::completed(request.state), request.private)))
    }

    async fn update(
        &self,
        _: &Context<()>,
        r: UpdateRequest<Thing>,
    ) -> Result<Saved<Thing>, ApplyError<Thing>> {
        Self::write(r.planned, r.private).await
    }

    async fn delete(&self, _: &Context<()>, request: DeleteRequest<Thing>) -> Result<Diagnostics> {
        match request.prior.text.as_str() {
            Some("guarded") => Err(Diagnostics::error("Guarded", "It is guarded.")),
            _ => Ok(Diagnostic::warning("Gone", "It is gone for good.").into()),
        }
    }
}

fn entry() -> ResourceEntry<()> {
    ResourceEntry::new(&Things)
}

fn context() -> Context<()> {
    Context { client: Arc::new(()), stop: CancellationToken::new(), meta: Value::Null }
}

fn value(json: serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(flag) => Value::Bool(flag),
        serde_json::Value::Number(number) => Value::from(number.as_i64().unwrap()),
        serde_json::Value::String(text) if text == "?" => Value::unknown(),
        serde_json::Value::String(text) => Value::String(text),
        serde_json::Value::Array(elements) => Value::List(elements.into_iter().map(value).collect()),
        serde_json::Value::Object(object) => {
            Value::Map(object.into_iter().map(|(k, v)| (k, value(v))).collect())
        }
    }
}

fn shown(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Unknown(_) => json!("?"),
        Value::Bool(flag) => json!(flag),
        Value::Number(number) => json!(number.as_i64()),
        Value::String(text) => json!(text),
        Value::List(elements) | Value::Set(elements) => elements.iter().map(shown).collect(),
        Value::Map(object) => object.iter().map(|(k, v)| (k.clone(), shown(v))).collect(),
        Value::Dynamic(_, value) => shown(value),
    }
}

/// A thing with every attribute, some of them changed.
fn thing(changes: serde_json::Value) -> serde_json::Value {
    let mut thing = json!({
        "id": null, "shelf": "a", "name": "b", "text": "hello", "secret": null, "revision": null, "serial": null,
        "colour": null, "parts": null, "label": null, "marks": [], "words": null,
    });
    thing.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    thing
}

/// A thing as it is stored.
fn stored(changes: serde_json::Value) -> serde_json::Value {
    let mut thing = thing(json!({"id": "a/b", "revision": 1, "serial": "s1", "colour": "blue"}));
    thing.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    thing
}

async fn plan(
    config: serde_json::Value,
    prior: serde_json::Value,
    proposed: serde_json::Value,
) -> plan::PlanOutcome {
    let change = ProposedChange {
        config: value(config),
        prior: value(prior),
        proposed: value(proposed),
        private: Private::default(),
    };
    entry().plan(&context(), change).await.unwrap()
}

async fn apply(prior: serde_json::Value, planned: serde_json::Value) -> apply::ApplyOutcome {
    let (prior, planned) = (value(prior), value(planned));
    let request = ApplyRequest { config: planned.clone(), prior, planned, private: Private::default() };
    entry().apply(&context(), request).await
}

fn replaced(outcome: &plan::PlanOutcome) -> Vec<String> {
    outcome.replace.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_create_knows_its_id_and_defaults_and_hides_write_only_values() {
    let config = thing(json!({"secret": "s3cret", "parts": [{"label": "x", "code": null, "pin": "s3cret"}]}));
    let outcome = plan(config.clone(), json!(null), config).await;
    let expected = thing(json!({
        "id": "a/b", "revision": "?", "serial": "?", "colour": "blue", "parts": [{"label": "x", "code": "?", "pin": null}],
    }));
    assert_eq!(shown(&outcome.planned), expected);
    assert_eq!(shown(&outcome.identity.unwrap()), json!({"shelf": "a", "name": "b"}));
    assert!(outcome.replace.is_empty());
}

/// Proves: write-only-attributes/in-nested-attributes
#[tokio::test]
async fn write_only_values_in_nested_objects_are_hidden_too() {
    let config = thing(json!({"label": {"hidden": {"a": "s3cret"}, "shown": {"b": "text"}}}));
    let outcome = plan(config.clone(), json!(null), config).await;
    let label = outcome.planned.at(&Path::root().attribute("label")).unwrap();
    assert_eq!(shown(label), json!({"hidden": null, "shown": {"b": "text"}}));
}

#[tokio::test]
async fn an_unchanged_configuration_plans_what_is_there() {
    let outcome =
        plan(thing(json!({"secret": "s3cret"})), stored(json!({})), stored(json!({"secret": "s3cret"})))
            .await;
    assert_eq!(shown(&outcome.planned), stored(json!({})));
}

#[tokio::test]
async fn a_change_makes_computed_values_unknown_but_for_stable_ones() {
    let new = json!({"text": "new"});
    let outcome = plan(thing(new.clone()), stored(json!({})), stored(new)).await;
    assert_eq!(shown(&outcome.planned), stored(json!({"text": "new", "revision": "?"})));
    assert!(outcome.replace.is_empty());
}

#[tokio::test]
async fn another_identity_is_another_object() {
    let new = json!({"name": "c"});
    let outcome = plan(thing(new.clone()), stored(json!({})), stored(new)).await;
    assert_eq!(replaced(&outcome), ["name"]);
    assert_eq!(shown(outcome.planned.at(&Path::root().attribute("id")).unwrap()), json!("a/c"));
}

#[tokio::test]
async fn an_identity_that_is_not_known_yet_is_not_planned_and_leaves_the_id_unknown() {
    let config = thing(json!({"name": "?"}));
    let outcome = plan(config.clone(), json!(null), config).await;
    assert_eq!(shown(outcome.planned.at(&Path::root().attribute("id")).unwrap()), json!("?"));
    assert_eq!(outcome.identity, None);
}

#[tokio::test]
async fn what_is_certain_about_an_unknown_value_survives_the_model() {
    let refinement = Refinement { not_null: true, ..Refinement::default() };
    let Value::Map(mut config) = value(thing(json!({}))) else { unreachable!() };
    config.insert("text".to_owned(), Value::Unknown(refinement.clone()));
    let config = Value::Map(config);
    let change =
        ProposedChange { proposed: config.clone(), config, prior: Value::Null, private: Private::default() };
    let outcome = entry().plan(&context(), change).await.unwrap();
    assert_eq!(outcome.planned.at(&Path::root().attribute("text")), Some(&Value::Unknown(refinement)));
}

#[tokio::test]
async fn unknown_elements_of_a_set_stay_as_many_as_they_are() {
    let refined = Value::Unknown(Refinement { not_null: true, ..Refinement::default() });
    let words = Value::Set(vec![Value::from("a"), Value::unknown(), Value::unknown(), refined]);
    let Value::Map(mut config) = value(thing(json!({}))) else { unreachable!() };
    config.insert("words".to_owned(), words.clone());
    let config = Value::Map(config);
    let change =
        ProposedChange { proposed: config.clone(), config, prior: Value::Null, private: Private::default() };
    let outcome = entry().plan(&context(), change).await.unwrap();
    let Some(Value::Set(planned)) = outcome.planned.at(&Path::root().attribute("words")) else { panic!() };
    assert_eq!(planned.len(), 4);
}

#[tokio::test]
async fn a_planned_delete_is_null() {
    let outcome = plan(json!(null), stored(json!({})), json!(null)).await;
    assert!(outcome.planned.is_null());
}

#[tokio::test]
async fn what_goes_into_the_state() {
    let planned = |text: &str| {
        thing(json!({"id": "a/b", "text": text, "revision": "?", "serial": "?", "colour": "blue"}))
    };
    let nulls = json!({"revision": null, "serial": null});
    let with = |text: &str, more: &serde_json::Value| {
        let mut object = stored(json!({"text": text}));
        object.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        object
    };
    let before = stored(json!({}));
    let cases = [
        (json!(null), planned("hi"), with("hi", &json!({})), false),
        (json!(null), planned("refused"), json!(null), true),
        (json!(null), planned("lost answer"), with("lost answer", &nulls), true),
        (json!(null), planned("forgetful"), with("forgetful", &nulls), true),
        (before.clone(), planned("hi"), with("hi", &json!({})), false),
        (before.clone(), planned("refused"), before.clone(), true),
        (before.clone(), planned("lost answer"), with("lost answer", &nulls), true),
        (before, json!(null), json!(null), false),
        (with("guarded", &json!({})), json!(null), with("guarded", &json!({})), true),
    ];
    for (prior, planned, expected, fails) in cases {
        let outcome = apply(prior, planned.clone()).await;
        assert_eq!(shown(&outcome.state), expected, "{planned}");
        assert_eq!(outcome.diagnostics.has_error(), fails, "{planned}: {}", outcome.diagnostics);
        assert_eq!(outcome.identity.is_some(), !expected.is_null());
    }
}

#[tokio::test]
async fn an_object_that_is_gone_reads_as_null() {
    for (text, gone) in [("hello", false), ("gone", true)] {
        let stored =
            StoredObject { state: value(stored(json!({"text": text}))), private: Private::default() };
        let outcome = entry().read(&context(), stored).await.unwrap();
        assert_eq!(outcome.state.is_null(), gone, "{text}");
    }
}

#[test]
fn import_ids() {
    let cases = [
        ("a/b", Some(("a", "b"))),
        ("a//b/c", Some(("a", "/b/c"))),
        ("a", None),
        ("a/", None),
        ("/b", None),
        ("", None),
    ];
    for (id, expected) in cases {
        let imported = entry().import(ImportTarget::Id(id.to_owned()));
        let Some((shelf, name)) = expected else {
            assert!(imported.is_err(), "{id}");
            continue;
        };
        let nothing_else = json!({"id": id, "shelf": shelf, "name": name, "text": null});
        assert_eq!(shown(&imported.unwrap().state), thing(nothing_else), "{id}");
    }
}

#[test]
fn import_by_identity() {
    let identity =
        BTreeMap::from([("shelf".to_owned(), Value::from("a")), ("name".to_owned(), Value::from("b"))]);
    let imported = entry().import(ImportTarget::Identity(Value::Map(identity))).unwrap();
    assert_eq!(shown(&imported.state), thing(json!({"id": "a/b", "text": null})));
}

#[test]
fn states_lose_unknown_attributes_and_gain_null_ones() {
    let state = br#"{"shelf":"a","name":"b","text":"hello","dropped":{"x":1},"revision":1}"#;
    let upgraded = entry().upgrade(0, state).unwrap();
    assert_eq!(shown(upgraded.at(&Path::root().attribute("revision")).unwrap()), json!(1));
    assert_eq!(upgraded.at(&Path::root().attribute("serial")), Some(&Value::Null));
    assert!(entry().upgrade(7, state).unwrap_err().to_string().contains("version 7"));
}

#[test]
fn hosts_that_would_store_write_only_values_are_refused() {
    let cases = [
        (json!({"secret": "s3cret"}), "secret"),
        (json!({"label": {"hidden": {"a": "s3cret"}, "shown": null}}), "label.hidden"),
        (json!({"parts": [{"label": "x", "code": null, "pin": "s3cret"}]}), "parts[0].pin"),
        (json!({"marks": [{"label": "x", "code": null, "pin": "s3cret"}]}), "marks[0].pin"),
    ];
    for (changes, place) in cases {
        let config = value(thing(changes));
        assert!(entry().validate(config.clone(), true).is_ok());
        let refused = entry().validate(config, false).unwrap_err();
        assert_eq!(refused.iter().map(|d| d.attribute.to_string()).collect::<Vec<_>>(), [place]);
        assert!(!refused.to_string().contains("s3cret"));
    }
    assert!(entry().validate(value(thing(json!({}))), false).is_ok());
}

#[test]
fn a_move_from_a_type_that_nobody_knows_is_refused_with_another_way() {
    let source = MoveRequest {
        provider: "example/other".to_owned(),
        type_name: "other_thing".to_owned(),
        schema_version: 0,
        state: "{}".to_owned(),
        private: Private::default(),
    };
    let refused = entry().move_state(source).err().unwrap().to_string();
    assert_eq!(
        refused,
        "Resource cannot be moved: This provider cannot turn other_thing of example/other into toy_thing. Instead of the \
         `moved` block, write a `removed` block with `destroy = false` for the old address and an `import` block for the \
         new one."
    );
}
