//! Values of Kestra's key-value store: which type a body gets, what reads back, and when two values mean the
//! same although they are spelled differently.

mod infer;
mod ion;
mod same;
mod timestamp;

use std::fmt;
use std::str::FromStr;

pub use infer::infer;
pub use same::same;

/// The types Kestra's key-value store knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KvType {
    /// Text.
    String,
    /// A number of any size.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An instant.
    DateTime,
    /// A day.
    Date,
    /// A length of time.
    Duration,
    /// A list, a map, or a date-time with an offset.
    Json,
}

/// A name that is none of Kestra's key-value types.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{name}` is no type of the key-value store; use one of STRING, NUMBER, BOOLEAN, DATETIME, DATE, DURATION, JSON"
)]
pub struct UnknownKvType {
    /// The name.
    pub name: String,
}

impl KvType {
    /// Every type.
    pub const ALL: [Self; 7] =
        [Self::String, Self::Number, Self::Boolean, Self::DateTime, Self::Date, Self::Duration, Self::Json];

    /// Kestra's name of the type.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "STRING",
            Self::Number => "NUMBER",
            Self::Boolean => "BOOLEAN",
            Self::DateTime => "DATETIME",
            Self::Date => "DATE",
            Self::Duration => "DURATION",
            Self::Json => "JSON",
        }
    }
}

impl fmt::Display for KvType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for KvType {
    type Err = UnknownKvType;

    fn from_str(name: &str) -> Result<Self, UnknownKvType> {
        Self::ALL
            .into_iter()
            .find(|known| known.as_str() == name)
            .ok_or_else(|| UnknownKvType { name: name.to_owned() })
    }
}
