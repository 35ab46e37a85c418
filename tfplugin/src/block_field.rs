//! Fields that are nested blocks: they may be unknown as a whole (a `dynamic` block), and where there is none they are
//! empty, never null.

use std::collections::BTreeSet;

use crate::attr::Attr;
use crate::field::Field;
use crate::model::Model;
use crate::schema::{Block, NestedBlock, Nesting};
use crate::value::Value;

/// A field marked `#[attr(block)]`.
pub trait BlockField: Field {
    /// The schema of the block. It is described as the field is: what the model says of itself is about one of them.
    fn nested(name: &'static str, description: &'static str, min_items: i64, max_items: i64) -> NestedBlock;

    /// The value hosts accept: an absent block is an empty collection.
    fn to_block_value(&self) -> Value;
}

fn described<M: Model>(description: &'static str) -> Block {
    Block { description, ..M::block() }
}

fn or_empty(value: Value, empty: Value) -> Value {
    if value.is_null() { empty } else { value }
}

impl<M: Model + Field> BlockField for Attr<Vec<M>> {
    fn nested(name: &'static str, description: &'static str, min_items: i64, max_items: i64) -> NestedBlock {
        let block = described::<M>(description);
        NestedBlock { name, nesting: Nesting::List, block, min_items, max_items }
    }

    fn to_block_value(&self) -> Value {
        or_empty(self.to_value(), Value::List(Vec::new()))
    }
}

impl<M: Model + Field + Ord> BlockField for Attr<BTreeSet<M>> {
    fn nested(name: &'static str, description: &'static str, min_items: i64, max_items: i64) -> NestedBlock {
        let block = described::<M>(description);
        NestedBlock { name, nesting: Nesting::Set, block, min_items, max_items }
    }

    fn to_block_value(&self) -> Value {
        or_empty(self.to_value(), Value::Set(Vec::new()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A shelf.
    #[derive(Clone, Debug, Default, Model)]
    struct Shelf {
        /// Books on the shelf, from left to right.
        #[attr(block)]
        books: Attr<Vec<Book>>,
    }

    /// A book.
    #[derive(Clone, Debug, Default, Model)]
    struct Book {
        /// Its title.
        #[attr(required)]
        title: Attr<String>,
    }

    #[test]
    fn a_block_is_described_as_its_field_is() {
        let shelf = Shelf::block();
        assert_eq!(shelf.blocks[0].block.description, "Books on the shelf, from left to right.");
        assert_eq!(shelf.blocks[0].block.attributes[0].description, "Its title.");
    }
}
