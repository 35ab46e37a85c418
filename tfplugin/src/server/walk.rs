//! The ways through the values of an object: whatever is nested in it is found here, whether an attribute or a block holds it.

use std::collections::BTreeMap;

use crate::schema::{Attribute, Block, Nesting, Shape};
use crate::value::{Path, Value};

/// What an object has under one name.
pub(super) struct Member<'b> {
    pub(super) name: &'static str,
    /// The attribute; `None` for a nested block.
    pub(super) attribute: Option<&'b Attribute>,
    /// The objects in it, where it holds any.
    pub(super) nested: Option<(Nesting, &'b Block)>,
}

/// Attributes and nested blocks alike, in the order of the model.
pub(super) fn members(block: &Block) -> impl Iterator<Item = Member<'_>> {
    let attributes = block.attributes.iter().map(|attribute| {
        let nested = match &attribute.shape {
            Shape::Nested(nesting, block) => Some((*nesting, block)),
            Shape::Plain(_) | Shape::Object(_) => None,
        };
        Member { name: attribute.name, attribute: Some(attribute), nested }
    });
    let blocks = block.blocks.iter().map(|nested| Member {
        name: nested.name,
        attribute: None,
        nested: Some((nested.nesting, &nested.block)),
    });
    attributes.chain(blocks)
}

type VisitObject<'a> = dyn FnMut(&Block, &BTreeMap<String, Value>, &Path) + 'a;

/// Visits every known object of a value, itself and those nested in it, with its block and its place. Elements of sets have no
/// path of their own: the set's stands for them.
pub(super) fn for_each_object(block: &Block, value: &Value, path: &Path, visit: &mut VisitObject<'_>) {
    let Value::Map(object) = value else { return };
    visit(block, object, path);
    for Member { name, nested, .. } in members(block) {
        let (Some((nesting, block)), Some(value)) = (nested, object.get(name)) else { continue };
        for_each_nested(nesting, block, value, &path.clone().attribute(name), visit);
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

/// Makes every attribute null that `is_unwanted`, at any depth.
pub(super) fn null_where(block: &Block, value: &mut Value, is_unwanted: &dyn Fn(&Attribute, &Value) -> bool) {
    let Value::Map(object) = value else { return };
    for Member { name, attribute, nested } in members(block) {
        let Some(value) = object.get_mut(name) else { continue };
        if attribute.is_some_and(|attribute| is_unwanted(attribute, value)) {
            *value = Value::Null;
        } else if let Some((nesting, block)) = nested {
            for_each_element_mut(nesting, value, &mut |object| null_where(block, object, is_unwanted));
        }
    }
}

/// Visits the objects of a nested value: itself when single, its elements otherwise.
fn for_each_element_mut(nesting: Nesting, value: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    match (nesting, value) {
        (Nesting::Single, single) => visit(single),
        (Nesting::List, Value::List(elements)) | (Nesting::Set, Value::Set(elements)) => {
            elements.iter_mut().for_each(visit);
        }
        (Nesting::Map, Value::Map(elements)) => elements.values_mut().for_each(visit),
        _ => {}
    }
}

/// What [`for_each_pair`] does with the attributes inside of one it has visited.
#[derive(PartialEq, Eq)]
pub(super) enum Inside {
    Visit,
    Skip,
}

type VisitPair<'a> = dyn FnMut(&Attribute, &Path, &Value, &mut Value) -> Inside + 'a;

/// Visits every attribute of an object together with its partner in another one, null where that has none. Elements of lists
/// have the partner of the same place, those of maps that of the same key; elements of sets have none and are left out.
pub(super) fn for_each_pair(
    block: &Block,
    partner: &Value,
    value: &mut Value,
    path: &Path,
    visit: &mut VisitPair<'_>,
) {
    let (Value::Map(partner), Value::Map(object)) = (partner, value) else { return };
    for Member { name, attribute, nested } in members(block) {
        let Some(value) = object.get_mut(name) else { continue };
        let partner = partner.get(name).unwrap_or(&Value::Null);
        let path = path.clone().attribute(name);
        let inside = attribute.map_or(Inside::Visit, |attribute| visit(attribute, &path, partner, value));
        if let (Inside::Visit, Some((nesting, block))) = (inside, nested) {
            for_each_nested_pair(nesting, block, partner, value, &path, visit);
        }
    }
}

fn for_each_nested_pair(
    nesting: Nesting,
    block: &Block,
    partner: &Value,
    value: &mut Value,
    path: &Path,
    visit: &mut VisitPair<'_>,
) {
    match (nesting, partner, value) {
        (Nesting::Single, partner, value) => for_each_pair(block, partner, value, path, visit),
        (Nesting::List, Value::List(partners), Value::List(elements)) => {
            for (i, (partner, element)) in (0_i64..).zip(partners.iter().zip(elements)) {
                for_each_pair(block, partner, element, &path.clone().index(i), visit);
            }
        }
        (Nesting::Map, Value::Map(partners), Value::Map(elements)) => {
            for (key, element) in elements {
                if let Some(partner) = partners.get(key) {
                    for_each_pair(block, partner, element, &path.clone().key(key), visit);
                }
            }
        }
        _ => {}
    }
}
