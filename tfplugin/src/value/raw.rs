//! JSON read one level at a time, so that each level is read as its type asks and numbers keep their text.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::error::{JsonError, ValueError, ValueErrorKind};

/// What a JSON text is, told by its first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "bool",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// A JSON text known to be well-formed, except for its strings.
#[derive(Clone, Copy)]
pub(super) struct Raw<'a>(&'a str);

impl<'a> Raw<'a> {
    /// Checks the whole document; nothing else may follow it.
    pub(super) fn parse(json: &'a [u8]) -> Result<Self, JsonError> {
        let raw: &RawValue = serde_json::from_slice(json).map_err(malformed)?;
        Ok(Self(raw.get()))
    }

    pub(super) fn kind(self) -> Kind {
        match self.0.as_bytes().first() {
            Some(b'"') => Kind::String,
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b't' | b'f') => Kind::Bool,
            Some(b'n') => Kind::Null,
            _ => Kind::Number,
        }
    }

    /// The text as written.
    pub(super) fn get(self) -> &'a str {
        self.0
    }

    pub(super) fn string(self) -> Result<String, JsonError> {
        serde_json::from_str(self.0).map_err(malformed)
    }

    pub(super) fn elements(self) -> Result<Vec<Self>, JsonError> {
        let elements: Vec<&RawValue> = serde_json::from_str(self.0).map_err(malformed)?;
        Ok(elements.into_iter().map(|raw| Self(raw.get())).collect())
    }

    /// The members by name; of several with one name the last counts.
    pub(super) fn members(self) -> Result<BTreeMap<String, Self>, JsonError> {
        let members: BTreeMap<String, &RawValue> = serde_json::from_str(self.0).map_err(malformed)?;
        Ok(members.into_iter().map(|(name, raw)| (name, Self(raw.get()))).collect())
    }
}

/// Keeps the place only: the text of a JSON error may quote what it found.
fn malformed(error: serde_json::Error) -> JsonError {
    JsonError { line: error.line(), column: error.column() }
}

/// The error of a text of another kind than expected.
pub(super) fn mismatch(expected: &'static str, found: Raw<'_>) -> ValueError {
    ValueErrorKind::Mismatch { expected, found: found.kind().name() }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_told_by_the_first_character() {
        let cases = [
            ("null", Kind::Null),
            (" true ", Kind::Bool),
            ("-1.5e3", Kind::Number),
            ("\n\"a\"", Kind::String),
            ("[1]", Kind::Array),
            ("{}", Kind::Object),
        ];
        for (json, expected) in cases {
            assert_eq!(Raw::parse(json.as_bytes()).unwrap().kind(), expected, "{json}");
        }
    }

    #[test]
    fn malformed_text_is_refused_with_its_place() {
        for json in ["", "[1", "1 2", "{\"a\"}", "tru", "\u{feff}1"] {
            assert!(Raw::parse(json.as_bytes()).is_err(), "{json}");
        }
        assert_eq!(Raw::parse(b"\n[1 2]").err(), Some(JsonError { line: 2, column: 4 }));
        assert!(Raw::parse(b"\"\xff\"").is_err());
    }
}
