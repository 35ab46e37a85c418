//! Edits of object values that several operations share: identities, import ids, write-only values, empty objects.

use std::collections::BTreeMap;

use super::ResourceEntry;
use super::walk::null_where;
use crate::schema::{Block, Nesting};
use crate::value::Value;

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
    null_where(block, value, &|attribute, _| attribute.write_only);
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
