//! YAML as Kestra reads it. Kestra does its own typing on the events of a YAML 1.1 parser (keys are never
//! typed, aliases are names, `yes` is a boolean), so no general YAML library gives the same tree.

mod comment;
mod compose;
mod error;
mod event;
mod json;
mod node;
mod position;
mod scalar;
mod screen;

pub(crate) use comment::remarks;
pub use compose::MAX_DEPTH;
pub(crate) use error::kestra_words;
pub use error::{SyntaxError, SyntaxErrorKind};
pub use node::{Entry, Float, Mapping, Node, Value};
pub use position::{Position, Span};
pub use scalar::MAX_NUMBER_LENGTH;
pub(crate) use scalar::plain;
pub use screen::MAX_CHARACTERS;

/// Reads the first document of `text`; what follows it is ignored, as in Kestra.
///
/// Kestra reads a little more than is read here: strings in quotes whose later lines are indented no more than
/// their key, block scalars in the first column, and comments that touch a closing quote.
///
/// # Errors
/// A [`SyntaxError`] with the position of the first place Kestra would refuse, or `Empty` when there is no
/// document at all.
pub fn parse(text: &str) -> Result<Node, SyntaxError> {
    let screened = screen::screen(text)?;
    compose::compose(&screened)
}

#[cfg(test)]
mod tests;
