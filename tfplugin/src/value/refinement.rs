//! What is already certain about an unknown value.

use super::Number;

/// One end of the range that an unknown number is known to lie in.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// The limit.
    pub value: Number,
    /// Whether the limit itself is possible.
    pub inclusive: bool,
}

/// What is already certain about an unknown value; the default knows nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Refinement {
    /// The value will not be null.
    pub not_null: bool,
    /// The text will begin with this (strings only).
    pub prefix: Option<String>,
    /// The number will not be below (numbers only).
    pub lower: Option<Bound>,
    /// The number will not be above (numbers only).
    pub upper: Option<Bound>,
    /// The collection will have at least this many elements (lists, sets, maps).
    pub min_length: Option<u64>,
    /// The collection will have at most this many elements (lists, sets, maps).
    pub max_length: Option<u64>,
}
