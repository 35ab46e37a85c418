//! The rules of nested blocks.

use super::block::{self, Named, Scope};
use super::{Defect, Problem, at, found};
use crate::schema::{NestedBlock, Nesting};

pub(super) fn problems(nested: &NestedBlock, scope: &Scope) -> Vec<Problem> {
    let NestedBlock { name, nesting, block, .. } = nested;
    let named = Named { name, description: block.description, deprecated: block.deprecated };
    let is_collection = *nesting != Nesting::Single;
    let defects = [
        (Defect::Bounds, !has_bounds(nested)),
        (Defect::Dynamic, is_collection && block.object_type().has_dynamic()),
    ];
    let own = named.defects(scope).chain(found(defects)).map(at(scope.place("block", name)));
    own.chain(block::problems(block, &below(nested, scope))).collect()
}

fn has_bounds(nested: &NestedBlock) -> bool {
    let (min, max) = (nested.min_items, nested.max_items);
    match nested.nesting {
        Nesting::Single => min == max && (0..=1).contains(&min),
        Nesting::Map => (min, max) == (0, 0),
        Nesting::List | Nesting::Set => min >= 0 && max >= 0 && (max == 0 || min <= max),
    }
}

fn below(nested: &NestedBlock, scope: &Scope) -> Scope {
    Scope { in_set: scope.in_set || nested.nesting == Nesting::Set, ..scope.below(nested.name) }
}
