//! The types of Terraform's type system.

use std::collections::BTreeMap;

/// A type as schemas declare it (`"string"`, `["list","string"]`, `["object",{…}]` in its JSON form).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// Text.
    String,
    /// A number of any precision.
    Number,
    /// A boolean.
    Bool,
    /// Any type: the value carries its own.
    Dynamic,
    /// A list of elements of one type.
    List(Box<Type>),
    /// A set of elements of one type.
    Set(Box<Type>),
    /// A map from text to elements of one type.
    Map(Box<Type>),
    /// A fixed number of elements, each with its type.
    Tuple(Vec<Type>),
    /// Named attributes, each with its type.
    Object(BTreeMap<String, Type>),
}
