//! Terraform's values and types: what a host's messages hold once the wire is peeled off.
//!
//! Decoding is directed by a [`Type`]: the bytes of a message do not say what they are.

mod conform;
mod debug;
mod depth;
mod equality;
mod error;
pub mod json;
pub mod msgpack;
mod number;
mod path;
mod query;
mod raw;
mod refinement;
mod text;
mod ty;

#[cfg(test)]
pub(crate) mod fixture;

pub use error::{JsonError, ValueError, ValueErrorKind};
pub use number::{Number, NumberError};
pub use path::{Path, Step};
pub use refinement::{Bound, Refinement};
pub use ty::{Type, TypeError};

use std::collections::BTreeMap;

/// A value of some [`Type`], known or not.
///
/// Lists and tuples share a shape, and so do maps and objects: the type tells them apart. Two values are equal when a
/// host takes them for the same: sets without order, numbers by their value, text in normalization form C.
#[derive(Clone, Default)]
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
