//! What is already certain about an unknown value.

use std::fmt;

use super::error::{ValueError, ValueErrorKind};
use super::{Number, Type};

/// One end of the range that an unknown number is known to lie in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bound {
    /// The limit.
    pub value: Number,
    /// Whether the limit itself is possible.
    pub inclusive: bool,
}

/// What is already certain about an unknown value; the default knows nothing.
///
/// Its `Debug` form tells the length of the prefix, not its text, which may be the beginning of a secret.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
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

impl Refinement {
    /// Refuses what can't be said about the type: hosts fail on a prefix of a number. Nothing said about a dynamic value
    /// reaches a host, so there everything passes.
    pub(super) fn conforms(&self, ty: &Type) -> Result<(), ValueError> {
        let is_collection = matches!(ty, Type::List(_) | Type::Set(_) | Type::Map(_));
        let rules = [
            (self.prefix.is_some(), *ty == Type::String, "prefix"),
            (self.lower.is_some() || self.upper.is_some(), *ty == Type::Number, "bound"),
            (self.min_length.is_some() || self.max_length.is_some(), is_collection, "length"),
        ];
        match rules.iter().find(|(said, fits, _)| *said && !fits && *ty != Type::Dynamic) {
            Some((_, _, what)) => Err(ValueErrorKind::Refinement { what, ty: ty.kind() }.into()),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Refinement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refinement")
            .field("not_null", &self.not_null)
            .field("prefix_bytes", &self.prefix.as_ref().map(String::len))
            .field("lower", &self.lower)
            .field("upper", &self.upper)
            .field("min_length", &self.min_length)
            .field("max_length", &self.max_length)
            .finish()
    }
}
