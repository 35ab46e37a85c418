//! Edits of object values that several operations share: identities, import ids, write-only values, empty objects.

use std::collections::BTreeMap;

use super::ResourceEntry;
use crate::schema::{Block, Nesting, Shape};
use crate::value::{Path, Value};

/// An object with nothing in it: null attributes and, as hosts require, empty blocks.
pub(super) fn empty(block: &Block) -> BTreeMap<String, Value> {
    let attributes = block.attributes.iter().map(|a| (a.name.to_owned(), Value::Null));
    let blocks = block.blocks.iter().map(|b| (b.name.to_owned(), empty_block(b.nesting)));
    attributes.chain(blocks).collect()
}

fn empty_block(nesting: Nesting) -> Value {
    match nesting {
        Nesting::Single => Value::Null,
        Nesting::List => Value::List(Vec::new()),
        Nesting::Set => Value::Set(Vec::new()),
        Nesting::Map => Value::Map(BTreeMap::new()),
    }
}

/// Write-only values must not leave the provider: not in plans, not in states.
pub(super) fn clear_write_only(block: &Block, value: &mut Value) {
    let Value::Map(object) = value else { return };
    for attribute in &block.attributes {
        let Some(value) = object.get_mut(attribute.name) else { continue };
        if attribute.write_only {
            *value = Value::Null;
        } else if let Shape::Nested(nesting, block) = &attribute.shape {
            for_each_nested_mut(*nesting, value, &mut |object| clear_write_only(block, object));
        }
    }
    for nested in &block.blocks {
        if let Some(value) = object.get_mut(nested.name) {
            for_each_nested_mut(nested.nesting, value, &mut |object| clear_write_only(&nested.block, object));
        }
    }
}

/// Visits the objects of a nested value: itself when single, its elements otherwise.
pub(super) fn for_each_nested_mut(nesting: Nesting, value: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    match (nesting, value) {
        (Nesting::Single, single) => visit(single),
        (Nesting::List, Value::List(elements)) | (Nesting::Set, Value::Set(elements)) => {
            elements.iter_mut().for_each(visit);
        }
        (Nesting::Map, Value::Map(elements)) => elements.values_mut().for_each(visit),
        _ => {}
    }
}

/// Visits the objects of a nested value that have a partner in an older one: of the same place in a list, of the same key in
/// a map. Elements of sets have none.
pub(super) fn pairs_mut(
    nesting: Nesting,
    older: &Value,
    newer: &mut Value,
    visit: &mut dyn FnMut(&Value, &mut Value),
) {
    match (nesting, older, newer) {
        (Nesting::Single, older, newer) => visit(older, newer),
        (Nesting::List, Value::List(older), Value::List(newer)) => {
            older.iter().zip(newer).for_each(|(older, newer)| visit(older, newer));
        }
        (Nesting::Map, Value::Map(older), Value::Map(newer)) => {
            for (key, newer) in newer {
                if let Some(older) = older.get(key) {
                    visit(older, newer);
                }
            }
        }
        _ => {}
    }
}

type VisitObject<'a> = dyn FnMut(&Block, &BTreeMap<String, Value>, &Path) + 'a;

/// Visits every known object of a value, itself and those nested in it, with its block and its place. Elements of sets have no
/// path of their own: the set's stands for them.
pub(super) fn for_each_object(block: &Block, value: &Value, path: &Path, visit: &mut VisitObject<'_>) {
    let Value::Map(object) = value else { return };
    visit(block, object, path);
    let attributes = block.attributes.iter().filter_map(|attribute| match &attribute.shape {
        Shape::Nested(nesting, block) => Some((attribute.name, *nesting, block)),
        Shape::Plain(_) | Shape::Object(_) => None,
    });
    let blocks = block.blocks.iter().map(|nested| (nested.name, nested.nesting, &nested.block));
    for (name, nesting, block) in attributes.chain(blocks) {
        if let Some(value) = object.get(name) {
            for_each_nested(nesting, block, value, &path.clone().attribute(name), visit);
        }
    }
}

fn for_each_nested(nesting: Nesting, block: &Block, value: &Value, path: &Path, visit: &mut VisitObject<'_>) {
    match (nesting, value) {
        (Nesting::Single, single) => for_each_object(block, single, path, visit),
        (Nesting::List, Value::List(elements)) => {
            for (i, element) in (0_i64..).zip(elements) {
                for_each_object(block, element, &path.clone().index(i), visit);
            }
        }
        (Nesting::Map, Value::Map(elements)) => {
            for (key, element) in elements {
                for_each_object(block, element, &path.clone().key(key), visit);
            }
        }
        (Nesting::Set, Value::Set(elements)) => {
            elements.iter().for_each(|element| for_each_object(block, element, path, visit));
        }
        _ => {}
    }
}

/// Writes the import id into the object as far as its identity is known.
pub(super) fn set_id<C: 'static>(entry: &ResourceEntry<C>, object: &mut Value) {
    let (Some(name), Some(id)) = (entry.resource.id(), import_id(entry, object)) else {
        return;
    };
    if let Value::Map(attributes) = object {
        attributes.insert(name.to_owned(), Value::String(id));
    }
}

/// The values of the identity joined by `/`, if all of them are known.
fn import_id<C: 'static>(entry: &ResourceEntry<C>, object: &Value) -> Option<String> {
    let Value::Map(attributes) = object else {
        return None;
    };
    let identity = &entry.identity()?.attributes;
    let part = |name| match attributes.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let parts: Option<Vec<String>> = identity.iter().map(|attribute| part(attribute.name)).collect();
    Some(parts?.join("/"))
}

/// The identity of an object as hosts store it; `None` when the object is null or the resource has no identity.
pub(super) fn identity<C: 'static>(entry: &ResourceEntry<C>, object: &Value) -> Option<Value> {
    let Value::Map(attributes) = object else {
        return None;
    };
    let value = |name: &'static str| (name.to_owned(), attributes.get(name).cloned().unwrap_or_default());
    Some(Value::Map(entry.identity()?.all().map(|a| value(a.name)).collect()))
}
