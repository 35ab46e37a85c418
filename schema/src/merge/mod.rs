//! Merges fragments of flows: what a team has in common, a flow, what an environment changes. Later fragments win, named
//! things are merged by name, `null` removes.

use std::borrow::Cow;

use crate::flow::keyed::{key, keyed};
use crate::print::print;
use crate::yaml::{self, Entry, Mapping, Node, SyntaxError, Value};

/// A fragment that is no YAML that Kestra reads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("fragment {number}: {error}")]
pub struct FragmentError {
    /// Which one, counted from 1.
    pub number: usize,
    /// What is wrong with it.
    pub error: SyntaxError,
}

/// Merges `sources` as [`merge`] does and prints the result in canonical form, without their comments. Empty when there
/// are none.
///
/// # Errors
/// A [`FragmentError`] for the first source that is no YAML that Kestra reads.
pub fn sources(sources: &[&str]) -> Result<String, FragmentError> {
    let parse = |(index, source): (usize, &&str)| {
        yaml::parse(source).map_err(|error| FragmentError { number: index + 1, error })
    };
    let fragments: Vec<Node> = sources.iter().enumerate().map(parse).collect::<Result<_, _>>()?;
    Ok(merge(&fragments).as_ref().map(print).unwrap_or_default())
}

/// Merges `fragments`, the last of which wins. Nothing when there are none.
///
/// Maps are merged key by key, as in JSON merge patches (RFC 7386): `null` removes a key. Lists whose items all have
/// different names (`id`, `name`; `key` in labels) are merged item by item, and what is new goes to the end. A map over
/// such a list means its items by `id`: `tasks: {load: null}` removes a task, `tasks: {load: {timeout: PT1H}}` changes
/// one. Labels may be a list in one fragment and a map in another. Everything else is replaced, also by an empty list.
pub fn merge(fragments: &[Node]) -> Option<Node> {
    let (first, rest) = fragments.split_first()?;
    Some(rest.iter().fold(first.clone(), |base, over| merged(Some(base), over)))
}

/// The value `over` laid over `base`.
fn merged(base: Option<Node>, over: &Node) -> Node {
    let value = match (base.map(|base| base.value), &over.value) {
        (Some(Value::Mapping(base)), Value::Mapping(over)) => Value::Mapping(maps(base, over)),
        (Some(Value::Sequence(base)), Value::Mapping(over)) if are_labels(&base) => {
            Value::Mapping(maps(of_labels(&base), over))
        }
        (Some(Value::Mapping(base)), Value::Sequence(over)) if are_labels(over) => {
            Value::Mapping(maps(base, &of_labels(over)))
        }
        (Some(Value::Sequence(base)), Value::Mapping(over)) if are_named(&base) && are_changes(over) => {
            Value::Sequence(named(base, over))
        }
        (Some(Value::Sequence(base)), Value::Sequence(over)) if are_named(&base) && are_named(over) => {
            Value::Sequence(over.iter().fold(base, put))
        }
        // A `null` inside of something new has nothing to remove.
        (_, Value::Mapping(over)) => Value::Mapping(maps(Mapping::new(), over)),
        (_, other) => other.clone(),
    };
    Node { value, span: over.span }
}

fn maps(mut base: Mapping, over: &Mapping) -> Mapping {
    for (key, Entry { key_span, value }) in over {
        if value.is_null() {
            base.shift_remove(key);
            continue;
        }
        // What is there keeps its place.
        let gone = || Node { value: Value::Null, span: value.span };
        let before = base.get_mut(key).map(|entry| std::mem::replace(&mut entry.value, gone()));
        base.insert(key.clone(), Entry { key_span: *key_span, value: merged(before, value) });
    }
    base
}

/// Lays a map of changes by name over a list of named items.
fn named(mut base: Vec<Node>, over: &Mapping) -> Vec<Node> {
    for (name, Entry { value, key_span }) in over {
        if value.is_null() {
            base.retain(|item| key(item).as_deref() != Some(name));
        } else if let Some(item) = base.iter_mut().find(|item| key(item).as_deref() == Some(name)) {
            *item = merged(Some(item.clone()), value);
        } else {
            let id = Node { value: Value::String(name.clone()), span: *key_span };
            let id = Mapping::from([("id".to_owned(), Entry { key_span: *key_span, value: id })]);
            base.push(merged(Some(Node { value: Value::Mapping(id), span: value.span }), value));
        }
    }
    base
}

/// Lays an item over the one of its name, or adds it.
fn put(mut list: Vec<Node>, over: &Node) -> Vec<Node> {
    match list.iter_mut().find(|item| key(item) == key(over)) {
        Some(item) => *item = merged(Some(item.clone()), over),
        None => list.push(merged(None, over)),
    }
    list
}

fn are_named(items: &[Node]) -> bool {
    !items.is_empty() && keyed(items).is_some()
}

fn are_changes(over: &Mapping) -> bool {
    over.values().all(|entry| entry.value.is_null() || entry.value.as_mapping().is_some())
}

/// Whether a list is labels: nothing but `key` and `value`.
fn are_labels(items: &[Node]) -> bool {
    let label = |item: &Node| item.as_mapping().is_some_and(|entries| entries.keys().eq(["key", "value"]));
    are_named(items) && items.iter().all(label)
}

/// Labels as a map.
fn of_labels(items: &[Node]) -> Mapping {
    let entry = |item: &Node| {
        let (name, value) = (key(item).map(Cow::into_owned)?, item.entry("value")?);
        Some((name, value.clone()))
    };
    items.iter().filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    use super::*;

    #[test]
    fn later_fragments_win() {
        for (fragments, expected) in [
            (vec![], ""),
            (vec!["b: 1\na: ~"], "b: 1\na: null\n"),
            (vec!["a: 1\nb: 2", "a: 3"], "a: 3\nb: 2\n"),
            (vec!["a: 1\nb: 2", "a: ~\nc: ~"], "b: 2\n"),
            (vec!["a: {x: 1, y: {z: 1}}", "a: {y: {z: 2, w: 3}}"], "a:\n  x: 1\n  y:\n    z: 2\n    w: 3\n"),
            (vec!["a: 1", "a: {x: {y: ~, z: 1}}"], "a:\n  x:\n    z: 1\n"),
            (vec!["a: [1, 2]", "a: [3]"], "a:\n  - 3\n"),
            (vec!["tasks: [{id: a}]", "tasks: []"], "tasks: []\n"),
            (
                vec!["tasks: [{id: a, x: 1}, {id: b}]", "tasks: [{id: c}, {id: a, x: 2, y: 3}]"],
                "tasks:\n  - id: a\n    x: 2\n    y: 3\n  - id: b\n  - id: c\n",
            ),
            (
                vec!["tasks: [{id: a, x: 1}, {id: b}]", "tasks: {a: {x: ~}, b: ~, c: {type: C}}"],
                "tasks:\n  - id: a\n  - id: c\n    type: C\n",
            ),
            (
                vec!["tasks: [{id: p, tasks: [{id: a, x: 1}]}]", "tasks: {p: {tasks: {a: {x: 2}}}}"],
                "tasks:\n  - id: p\n    tasks:\n      - id: a\n        x: 2\n",
            ),
            (
                vec!["tasks: [{task: {id: a, x: 1}}]", "tasks: [{task: {id: a, x: 2}, dependsOn: [b]}]"],
                "tasks:\n  - task:\n      id: a\n      x: 2\n    dependsOn:\n      - b\n",
            ),
            (vec!["a: [{id: a}, {id: a}]", "a: [{id: b}]"], "a:\n  - id: b\n"),
            (vec!["labels: [{key: a, value: 1}]", "labels: {b: 2}"], "labels:\n  a: 1\n  b: 2\n"),
            (vec!["labels: {a: 1, b: 2}", "labels: [{key: b, value: 3}]"], "labels:\n  a: 1\n  b: 3\n"),
            (
                vec!["labels: [{key: a, value: 1}]", "labels: [{key: a, value: 2}]"],
                "labels:\n  - key: a\n    value: 2\n",
            ),
            (vec!["triggers: [{id: t}]", "triggers: {t: 1}"], "triggers:\n  t: 1\n"),
            (vec!["namespace: b\nid: a", "id: c", "id: d"], "id: d\nnamespace: b\n"),
        ] {
            assert_eq!(sources(&fragments).as_deref(), Ok(expected), "{fragments:?}");
        }
    }

    #[test]
    fn a_bad_fragment_is_named() {
        let error = sources(&["a: 1", "a: [", "b"]).expect_err("the second is no YAML");
        assert_eq!(error.number, 2);
        assert!(error.to_string().starts_with("fragment 2: "), "{error}");
    }

    /// JSON merge patches as RFC 7386 writes them; lists without names are replaced.
    fn patched(target: Json, patch: &Json) -> Json {
        let Json::Object(patch) = patch else { return patch.clone() };
        let mut target = if let Json::Object(target) = target { target } else { serde_json::Map::new() };
        for (key, value) in patch {
            let before = target.shift_remove(key).unwrap_or(Json::Null);
            if !value.is_null() {
                target.insert(key.clone(), patched(before, value));
            }
        }
        Json::Object(target)
    }

    fn value() -> impl Strategy<Value = Json> {
        let leaf =
            prop_oneof![Just(Json::Null), any::<bool>().prop_map(Json::from), (0..3).prop_map(Json::from)];
        leaf.prop_recursive(4, 30, 4, |inner| {
            prop_oneof![
                prop::collection::vec(0..3, 0..3).prop_map(|items| json!(items)),
                prop::collection::btree_map("[a-c]", inner, 0..4).prop_map(Json::from_iter),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_has_no_names_is_a_json_merge_patch(target in value(), patch in value()) {
            let merged = merge(&[Node::from(&target), Node::from(&patch)]).map(|node| node.to_json());
            prop_assert_eq!(merged, Some(patched(target, &patch)));
        }
    }
}
