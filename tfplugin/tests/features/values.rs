//! Every kind of attribute through a life.

use serde_json::{Value, json};

use crate::{NOTE, host, note};

/// Created with the first value and changed to each of the others; settled after every step, and then imported.
async fn live(attribute: &str, values: &[Value]) {
    let (host, _folder) = host().await;
    let mut object = None;
    for value in values {
        let config = note(json!({attribute: value}));
        let plan = host.plan(NOTE, object.as_ref(), config.clone()).await.expect("a plan");
        let applied = host.apply(&plan).await.into_result().expect("a note").expect("a note");
        host.check_settled(&applied, config.clone()).await.expect("nothing to do");
        let imported = host.import(NOTE, "den/note").await.expect("a note");
        host.check_settled(&imported, config).await.expect("nothing to do after an import");
        object = Some(applied);
    }
    host.destroy(&object.expect("a note")).await.expect("nothing left");
}

/// Proves: schema/attributes-of-every-type, values/null-and-empty
#[tokio::test]
async fn null_and_empty_are_two_things() {
    live("text", &[json!("a"), json!(""), json!(null)]).await;
    live("priority", &[json!(1), json!(null), json!(9)]).await;
    live("labels", &[json!({"a": "1"}), json!({"a": "2", "b c": "3"}), json!({}), json!(null)]).await;
}

/// Proves: schema/sets
#[tokio::test]
async fn sets_have_no_order() {
    live("keywords", &[json!(["b", "a", "b"]), json!(["c", "a"]), json!([]), json!(null)]).await;
    let (host, _folder) = host().await;
    let object = host.create(NOTE, note(json!({"keywords": ["b", "a"]}))).await.expect("a note");
    host.check_settled(&object, note(json!({"keywords": ["a", "b", "a"]}))).await.expect("nothing to do");
}

/// Proves: schema/nested-attributes, schema/blocks
#[tokio::test]
async fn nested_objects_come_and_go() {
    let line = |text: &str| json!({"text": text});
    live("lines", &[json!([line("one")]), json!([line("two!"), line("é")]), json!([]), json!(null)]).await;
    let stamp = |motif: &str| json!({"motif": motif});
    live("stamp", &[json!([stamp("owl")]), json!([stamp("cat"), stamp("owl")]), json!([])]).await;
}

/// Proves: values/dynamic-types
#[tokio::test]
async fn a_value_of_any_type_may_change_its_type() {
    let objects = json!({"a": [1, "x", null], "b": {"c": true}});
    live("extra", &[json!("text"), json!(12_345_678_901_234_567_u64), objects, json!([true]), json!(null)])
        .await;
}
