//! Two spellings of one value: where an attribute says that they mean the same, the older one stays, so that a server's
//! way of writing is no difference.

use super::object::pairs_mut;
use crate::schema::{Attribute, Block, Shape};
use crate::value::Value;

/// Whether [`keep_spelling`] could do anything for values of the block.
pub(super) fn has_spellings(block: &Block) -> bool {
    let nested = |attribute: &Attribute| match &attribute.shape {
        Shape::Plain(_) => false,
        Shape::Object(block) | Shape::Nested(_, block) => has_spellings(block),
    };
    block.attributes.iter().any(|attribute| attribute.same.is_some() || nested(attribute))
        || block.blocks.iter().any(|nested| has_spellings(&nested.block))
}

/// Puts the older spelling back wherever the newer one means the same.
pub(super) fn keep_spelling(block: &Block, older: &Value, newer: &mut Value) {
    let (Value::Map(older), Value::Map(newer)) = (older, newer) else { return };
    for attribute in &block.attributes {
        let (Some(older), Some(newer)) = (older.get(attribute.name), newer.get_mut(attribute.name)) else {
            continue;
        };
        if let Some(same) = attribute.same {
            let known = [&*newer, older].iter().all(|value| !value.is_null() && value.is_wholly_known());
            if known && same(older, newer) {
                newer.clone_from(older);
            }
        } else if let Shape::Nested(nesting, block) = &attribute.shape {
            pairs_mut(*nesting, older, newer, &mut |older, newer| keep_spelling(block, older, newer));
        }
    }
    for nested in &block.blocks {
        if let (Some(older), Some(newer)) = (older.get(nested.name), newer.get_mut(nested.name)) {
            let block = &nested.block;
            pairs_mut(nested.nesting, older, newer, &mut |older, newer| keep_spelling(block, older, newer));
        }
    }
}
