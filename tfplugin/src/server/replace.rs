//! Which changes of an object need a new one.

use std::collections::BTreeMap;

use crate::schema::{Attribute, Block, Nesting, Replace, Shape};
use crate::value::{Path, Value};

/// The attributes whose change needs a new object, nested ones too.
pub(super) fn replaced(block: &Block, prior: &Value, planned: &Value) -> Vec<Path> {
    let mut found = Vec::new();
    in_object(block, prior, planned, &Path::root(), &mut found);
    found
}

fn in_object(block: &Block, prior: &Value, planned: &Value, path: &Path, found: &mut Vec<Path>) {
    let (Value::Map(prior), Value::Map(planned)) = (prior, planned) else { return };
    for attribute in &block.attributes {
        let Some((before, after)) = changed(prior, planned, attribute.name) else { continue };
        let path = path.clone().attribute(attribute.name);
        if replaces(attribute, before, after) {
            found.push(path);
        } else if let Shape::Nested(nesting, block) = &attribute.shape {
            in_nested(*nesting, block, before, after, &path, found);
        }
    }
    for nested in &block.blocks {
        if let Some((before, after)) = changed(prior, planned, nested.name) {
            let path = path.clone().attribute(nested.name);
            in_nested(nested.nesting, &nested.block, before, after, &path, found);
        }
    }
}

fn changed<'a>(
    prior: &'a BTreeMap<String, Value>,
    planned: &'a BTreeMap<String, Value>,
    name: &str,
) -> Option<(&'a Value, &'a Value)> {
    prior.get(name).zip(planned.get(name)).filter(|(before, after)| before != after)
}

fn replaces(attribute: &Attribute, before: &Value, after: &Value) -> bool {
    match attribute.replace {
        Replace::Never => false,
        Replace::Always => true,
        Replace::If(replaces) => !after.is_known() || replaces(before, after),
    }
}

/// Elements are compared with their partners of the same place or key. Elements of sets have no partner: any change of a
/// set counts that could be one of such an attribute.
fn in_nested(
    nesting: Nesting,
    block: &Block,
    before: &Value,
    after: &Value,
    path: &Path,
    found: &mut Vec<Path>,
) {
    match (nesting, before, after) {
        (Nesting::Single, before, after) => in_object(block, before, after, path, found),
        (Nesting::List, Value::List(before), Value::List(after)) => {
            for (i, (before, after)) in (0_i64..).zip(before.iter().zip(after)) {
                in_object(block, before, after, &path.clone().index(i), found);
            }
        }
        (Nesting::Map, Value::Map(before), Value::Map(after)) => {
            for (key, after) in after {
                let before = before.get(key).unwrap_or(&Value::Null);
                in_object(block, before, after, &path.clone().key(key), found);
            }
        }
        (Nesting::Set, _, _) if block.attributes.iter().any(|a| matches!(a.replace, Replace::Always)) => {
            found.push(path.clone());
        }
        _ => {}
    }
}
