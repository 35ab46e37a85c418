//! The values that a property takes.

use serde::{Deserialize, Serialize};

use super::entry::{Kind, is_default};

/// A type. Kestra converts scalars freely: a number is read where a text is wanted, and the other way round.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// Whatever there is.
    Any,
    /// `true` or `false`.
    Boolean,
    /// The name of a timezone.
    Zone,
    /// A text.
    String(Text),
    /// A whole number.
    Integer(Numbers),
    /// A number.
    Number(Numbers),
    /// One of these values.
    Enum(Vec<String>),
    /// A list.
    List(Box<Items>),
    /// A map with free keys.
    Map(Box<Type>),
    /// One of several types.
    One(Vec<Type>),
    /// A map with the properties of a model.
    Model(String),
    /// A map with a `type`, and the properties of the plugin that it names.
    Plugin(Kind),
}

/// What a text must look like. Lengths are in characters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Text {
    /// What it says.
    #[serde(skip_serializing_if = "is_default")]
    pub format: Option<Format>,
    /// A regular expression of Java that all of it must match.
    #[serde(skip_serializing_if = "is_default")]
    pub pattern: Option<String>,
    /// The shortest length.
    #[serde(skip_serializing_if = "is_default")]
    pub min_length: Option<usize>,
    /// The longest length.
    #[serde(skip_serializing_if = "is_default")]
    pub max_length: Option<usize>,
}

/// What a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// A date without time.
    Date,
    /// A date with time and offset.
    DateTime,
    /// An ISO 8601 duration.
    Duration,
    /// A time of day.
    PartialTime,
    /// A time of day with offset.
    Time,
    /// An address.
    Uri,
}

/// Which numbers are taken.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Numbers {
    /// The smallest.
    #[serde(skip_serializing_if = "is_default")]
    pub minimum: Option<f64>,
    /// The largest.
    #[serde(skip_serializing_if = "is_default")]
    pub maximum: Option<f64>,
    /// The number that all are larger than.
    #[serde(skip_serializing_if = "is_default")]
    pub exclusive_minimum: Option<f64>,
}

/// What a list holds.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Items {
    /// The type of its elements.
    pub of: Type,
    /// The fewest elements.
    #[serde(skip_serializing_if = "is_default")]
    pub min_items: Option<usize>,
    /// The most elements.
    #[serde(skip_serializing_if = "is_default")]
    pub max_items: Option<usize>,
}
