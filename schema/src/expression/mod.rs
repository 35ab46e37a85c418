//! Kestra's expressions: the Pebble templates in the texts of a flow. They are read with Pebble's grammar as
//! Kestra sets it up, so that mistakes show before a task fails on them.

mod found;
mod literal;
mod malformed;
mod operator;
mod origin;
mod parser;
mod tags;
mod template;
mod token;
pub mod vocabulary;

pub use found::{Expression, Mention, Site, expressions, kvs, secrets};
pub use literal::literal;
pub use malformed::{Malformed, Mistake};
pub use template::{Arguments, Kind, Name, Node, NodeId, Path, Reference, Segment, Template};

use crate::line::KestraLine;

/// How deep lists, maps, calls and brackets may be nested; Kestra's own limit is its stack.
pub const MAX_DEPTH: usize = 100;

/// Reads a text as Kestra does before it renders it.
///
/// # Errors
/// The first thing that keeps Kestra from rendering the text, or [`Mistake::TooDeep`].
pub fn parse(text: &str, line: KestraLine) -> Result<Template, Malformed> {
    tags::template(text, line)
}

#[cfg(test)]
mod tests;
