//! What is wrong with a value, and where: the type expected and found, never the value itself, which may be secret.

use std::fmt;

use thiserror::Error;

use super::{NumberError, Path, Step, Type, TypeError, Value};

/// A value that is malformed or does not fit its type.
///
/// Its text begins with the path, unless that is the root: `labels["a"]: expected string, found number`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct ValueError {
    /// Where it is; inside a set, the path of the set.
    pub path: Path,
    /// What is wrong.
    pub kind: ValueErrorKind,
}

/// Text that is not JSON. Only the place is told: what is there may be secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the text is not valid JSON at line {line}, column {column}")]
pub struct JsonError {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1; 0 when the line is empty.
    pub column: usize,
}

/// What can be wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ValueErrorKind {
    /// A value of another type than the schema's.
    #[error("expected {expected}, found {found}")]
    Mismatch {
        /// The type's outermost word, such as `list`.
        expected: &'static str,
        /// The same of what was found; `null` and `unknown` also occur.
        found: &'static str,
    },
    /// A fraction, or a number beyond 64 bits, for a 64-bit integer.
    #[error("expected a whole number that fits 64 bits, found another number")]
    NotWhole,
    /// A tuple of the wrong length.
    #[error("expected a tuple of length {expected}, found length {found}")]
    Length {
        /// The number of elements of the type.
        expected: usize,
        /// The number of elements of the value.
        found: usize,
    },
    /// An object without one of its attributes.
    #[error("expected an attribute {0:?}, found none")]
    MissingAttribute(String),
    /// An object with an attribute its type does not have.
    #[error("found an attribute {0:?}, which the type does not have")]
    UnexpectedAttribute(String),
    /// An object with an attribute given twice.
    #[error("found the attribute {0:?} twice")]
    DuplicateAttribute(String),
    /// Elements of different types in a list, set or map of dynamic values, which makes hosts crash.
    #[error(
        "expected elements of one type, found {first} and {other}; use a dynamic tuple or object for mixed types"
    )]
    MixedTypes {
        /// The type of an earlier element.
        first: Box<Type>,
        /// The first type that differs.
        other: Box<Type>,
    },
    /// An unknown value in a form that can't express it.
    #[error("expected a known value, found an unknown one, which JSON can't express")]
    UnknownInJson,
    /// A statement about an unknown value that its type does not allow.
    #[error("expected a refinement for {ty}, found a {what}, which does not apply to that type")]
    Refinement {
        /// The statement: `prefix`, `bound` or `length`.
        what: &'static str,
        /// The type's outermost word.
        ty: &'static str,
    },
    /// A number out of range.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// A dynamic value whose own type is malformed.
    #[error("the type of a dynamic value is malformed: {0}")]
    Type(#[from] TypeError),
    /// Nesting beyond any sensible value.
    #[error("the value is nested deeper than {0} levels")]
    TooDeep(u16),
    /// An array, map or text of more than 2^32 - 1 elements or bytes.
    #[error("the value is larger than msgpack can express")]
    TooLarge,
    /// Bytes that end in the middle of a value.
    #[error("the msgpack data ends in the middle of a value")]
    Truncated,
    /// Text that is not UTF-8.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// A msgpack extension that is neither of those that stand for unknown values.
    #[error("found a msgpack extension of code {code} and {size} bytes, which is no unknown value")]
    Extension {
        /// The extension's code.
        code: i8,
        /// The number of bytes in its body.
        size: u32,
    },
    /// Text that is not JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
}

impl ValueError {
    /// A value of another type than expected.
    pub fn mismatch(path: Path, expected: &Type, found: &Value) -> Self {
        Self { path, kind: ValueErrorKind::Mismatch { expected: expected.kind(), found: found.kind() } }
    }

    /// A number that is not an integer of 64 bits where only such integers make sense.
    pub fn not_a_whole_number(path: Path) -> Self {
        Self { path, kind: ValueErrorKind::NotWhole }
    }

    /// The same error, seen from one level further up.
    pub(super) fn within(self, step: Step) -> Self {
        Self { path: self.path.within(step), kind: self.kind }
    }
}

pub(super) fn in_attribute(name: &str) -> impl FnOnce(ValueError) -> ValueError {
    move |error| error.within(Step::Attribute(name.to_owned()))
}

pub(super) fn in_key(key: &str) -> impl FnOnce(ValueError) -> ValueError {
    move |error| error.within(Step::Key(key.to_owned()))
}

pub(super) fn at_index(index: usize) -> impl FnOnce(ValueError) -> ValueError {
    // A vector never has more elements than an i64 counts.
    move |error| error.within(Step::Index(i64::try_from(index).unwrap_or(i64::MAX)))
}

/// Elements of sets have no path: the error is about the set.
pub(super) fn in_set(error: ValueError) -> ValueError {
    error.kind.into()
}

impl<K: Into<ValueErrorKind>> From<K> for ValueError {
    fn from(kind: K) -> Self {
        Self { path: Path::root(), kind: kind.into() }
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_root() {
            write!(f, "{}: ", self.path)?;
        }
        self.kind.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_place_and_the_types_but_not_the_value() {
        let path = Path::root().attribute("labels").key("a");
        let error = ValueError::mismatch(path, &Type::Number, &Value::from("secret"));
        assert_eq!(error.to_string(), r#"labels["a"]: expected number, found string"#);
        let error = ValueError::not_a_whole_number(Path::root());
        assert_eq!(error.to_string(), "expected a whole number that fits 64 bits, found another number");
    }
}
