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

impl SyntaxError {
    /// Kestra's words for it, as its API answers them after `Illegal … source: `.
    pub fn kestra(&self) -> String {
        let message = match &self.kind {
            SyntaxErrorKind::ComplexKey => {
                return format!(
                    "YAML syntax error: Invalid structure. Check indentation and ensure all fields are \
                     properly formatted. (at line {})",
                    self.position.line
                );
            }
            SyntaxErrorKind::Empty => "No content to map due to end-of-input".to_owned(),
            SyntaxErrorKind::DuplicateKey { key, .. } => format!("Duplicate field '{key}'"),
            SyntaxErrorKind::MalformedNumber { text } => format!("Malformed numeric value '{text}'"),
            SyntaxErrorKind::ControlCharacter { .. } => "special characters are not allowed".to_owned(),
            SyntaxErrorKind::TooLong { limit } => {
                format!("The incoming YAML document exceeds the limit: {limit} code points.")
            }
            other => other.to_string(),
        };
        kestra_words(&message, self.behind_culprit(), None)
    }

    /// Kestra points behind a word it has read, not at its start.
    fn behind_culprit(&self) -> Position {
        let length = match &self.kind {
            SyntaxErrorKind::DuplicateKey { key: word, .. }
            | SyntaxErrorKind::MalformedNumber { text: word } => word.chars().count(),
            _ => 0,
        };
        Position { column: self.position.column + length, ..self.position }
    }
}

/// Kestra's form of an error in a source text, or in the value of one of a flow's properties.
pub(crate) fn kestra_words(message: &str, position: Position, property: Option<&str>) -> String {
    let Position { line, column, .. } = position;
    let chain = property.map_or_else(String::new, |name| {
        format!(" (through reference chain: io.kestra.core.models.flows.GenericFlow[\"{name}\"])")
    });
    format!(
        "YAML parsing error: {message}\n at [Source: (StringReader); line: {line}, column: {column}]{chain} \
         (at line {line})"
    )
}
