//! Prints flows in one canonical form, so that two people who mean the same write the same: keys in Kestra's
//! order, comments where they stood, block scalars for texts of several lines, quotes only where they are needed.

mod comments;
mod folded;
mod layout;
mod order;
mod scalar;
mod writer;

use comments::Comments;
use writer::Writer;

use crate::yaml::{self, Node, SyntaxError, remarks};

/// Prints `source` again in canonical form. The result means the same, has the same comments, and is its own
/// canonical form. Documents behind the first, which Kestra does not read, stay as they are.
///
/// # Errors
/// A [`SyntaxError`] when `source` is no YAML that Kestra reads.
pub fn reprint(source: &str) -> Result<String, SyntaxError> {
    let root = yaml::parse(source)?;
    let remarks = remarks(source)?;
    let first = &source[..remarks.end];
    let mut writer = Writer::new(first, Comments::attach(&root, first, &remarks.comments));
    writer.document(&root);
    Ok(writer.finish() + &source[remarks.end..])
}

/// Prints a tree in canonical form.
pub fn print(root: &Node) -> String {
    let mut writer = Writer::new("", Comments::default());
    writer.document(root);
    writer.finish()
}

#[cfg(test)]
mod tests;
