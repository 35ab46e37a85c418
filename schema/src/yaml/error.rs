//! Why a text is no YAML that Kestra would read: one kind per cause, in a user's words, with the cure.

use super::Position;

/// A text that Kestra's YAML reader refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind} ({position})")]
pub struct SyntaxError {
    /// What is wrong.
    pub kind: SyntaxErrorKind,
    /// Where.
    pub position: Position,
}

/// The causes of a [`SyntaxError`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SyntaxErrorKind {
    /// Nothing but white space and comments.
    #[error("the document is empty; write at least one `key: value`")]
    Empty,
    /// Longer than [`MAX_CHARACTERS`](super::MAX_CHARACTERS).
    #[error("the document has more than {limit} characters, the most Kestra reads; split it")]
    TooLong {
        /// The limit in characters.
        limit: usize,
    },
    /// Nested deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
    #[error("lists and maps are nested more than {limit} levels deep, the most Kestra reads")]
    TooDeep {
        /// The limit in levels.
        limit: usize,
    },
    /// A number with more digits than [`MAX_NUMBER_LENGTH`](super::MAX_NUMBER_LENGTH).
    #[error(
        "the number has more than {limit} characters, the most Kestra reads; quote it to make it a string"
    )]
    NumberTooLong {
        /// The limit in characters.
        limit: usize,
    },
    /// A character that YAML does not allow.
    #[error("the control character U+{:04X} is not allowed; remove it, or write it as an escape in double quotes", u32::from(*.character))]
    ControlCharacter {
        /// The character.
        character: char,
    },
    /// A tab where YAML 1.1 wants spaces.
    #[error("a tab may not separate or indent values; use spaces")]
    Tab,
    /// `\/` in a double-quoted string.
    #[error("Kestra does not know the escape `\\/`; write a plain `/`")]
    SlashEscape,
    /// The same key twice in one map.
    #[error("the key `{key}` is already set at {first}; keep one of the two")]
    DuplicateKey {
        /// The key.
        key: String,
        /// Where the key stands first.
        first: Position,
    },
    /// A list, map or alias where a key is expected; nearly always an unquoted expression.
    #[error(
        "a key must be a plain word or a quoted string; an expression such as {{{{ x }}}} needs quotes around it"
    )]
    ComplexKey,
    /// A word that starts with `*` or `&` and is no name of an anchor.
    #[error("`{text}` is read as a YAML {}; quote it to make it a string", if text.starts_with('*') { "alias" } else { "anchor" })]
    Reference {
        /// The word found.
        text: String,
    },
    /// A `:` with nothing before it.
    #[error("there is no key before the `:`; write one, or `\"\"` for an empty key")]
    MissingKey,
    /// `.inf`, `.nan`, or an explicitly typed number that is none.
    #[error("`{text}` is no number Kestra can read; quote it to make it a string")]
    MalformedNumber {
        /// The spelling found.
        text: String,
    },
    /// Everything the grammar of YAML forbids.
    #[error("{message}")]
    Grammar {
        /// What the parser met, in its words.
        message: String,
    },
}
