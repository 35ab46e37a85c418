//! Terraform's values and types: what a host's messages hold once the wire is peeled off.
//!
//! Decoding is directed by a [`Type`]: the bytes of a message do not say what they are.

mod number;
mod path;
mod refinement;
mod ty;

pub use number::Number;
pub use path::{Path, Step};
pub use refinement::{Bound, Refinement};
pub use ty::Type;

use std::collections::BTreeMap;

/// A value of some [`Type`], known or not.
///
/// Lists and tuples share a shape, and so do maps and objects: the type tells them apart.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// No value.
    #[default]
    Null,
    /// A value that is known only after apply, with what is already certain about it.
    Unknown(Refinement),
    /// A boolean.
    Bool(bool),
    /// A number of any size and precision.
    Number(Number),
    /// Text, in Unicode normalization form C.
    String(String),
    /// The elements of a list or a tuple, in order.
    List(Vec<Value>),
    /// The elements of a set; their order means nothing.
    Set(Vec<Value>),
    /// The elements of a map or the attributes of an object.
    Map(BTreeMap<String, Value>),
    /// A value that carries its own type, where the schema says `dynamic`.
    Dynamic(Type, Box<Value>),
}
