//! Fields that are nested blocks: they may be unknown as a whole (a `dynamic` block), and where there is none they are
//! empty, never null.

use std::collections::BTreeSet;

use crate::attr::Attr;
use crate::field::Field;
use crate::model::Model;
use crate::schema::{NestedBlock, Nesting};
use crate::value::Value;

/// A field marked `#[attr(block)]`.
pub trait BlockField: Field {
    /// The schema of the block.
    fn nested(name: &'static str, min_items: i64, max_items: i64) -> NestedBlock;

    /// The value hosts accept: an absent block is an empty collection.
    fn to_block_value(&self) -> Value;
}

fn nested<M: Model>(name: &'static str, nesting: Nesting, min_items: i64, max_items: i64) -> NestedBlock {
    NestedBlock { name, nesting, block: M::block(), min_items, max_items }
}

fn or_empty(value: Value, empty: Value) -> Value {
    if value.is_null() { empty } else { value }
}

impl<M: Model + Field> BlockField for Attr<Vec<M>> {
    fn nested(name: &'static str, min_items: i64, max_items: i64) -> NestedBlock {
        nested::<M>(name, Nesting::List, min_items, max_items)
    }

    fn to_block_value(&self) -> Value {
        or_empty(self.to_value(), Value::List(Vec::new()))
    }
}

impl<M: Model + Field + Ord> BlockField for Attr<BTreeSet<M>> {
    fn nested(name: &'static str, min_items: i64, max_items: i64) -> NestedBlock {
        nested::<M>(name, Nesting::Set, min_items, max_items)
    }

    fn to_block_value(&self) -> Value {
        or_empty(self.to_value(), Value::Set(Vec::new()))
    }
}
