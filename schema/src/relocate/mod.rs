//! Moves a flow, and what it refers to, to other namespaces: how a copy of a whole tree of namespaces becomes a tree of its
//! own. Only what names a namespace is written anew, so that comments and layout stay.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::expression::vocabulary::{FUNCTIONS, find};
use crate::expression::{Expression, Kind, Template, expressions};
use crate::flow::{Flow, Problems, is_expression};
use crate::line::KestraLine;
use crate::namespace;
use crate::yaml::{Node, Position, Value, plain};

/// Properties that hold what their author named: a `namespace` in them is no namespace of Kestra's.
const FREE: [&str; 11] = [
    "body",
    "env",
    "formData",
    "headers",
    "inputFiles",
    "inputs",
    "labels",
    "options",
    "outputs",
    "params",
    "variables",
];

/// A namespace file of a named namespace.
static FILE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"nsfile://([a-z0-9][a-z0-9._-]*)/").expect("a good pattern"));

/// Why a flow cannot be moved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RelocateError {
    /// It is no flow that Kestra could read.
    #[error(transparent)]
    Unreadable(#[from] Problems),
    /// One of the names of a move is none.
    #[error(
        "`{0}` is no namespace: lowercase letters, digits, dots, underscores and dashes, the first no punctuation, 150 at most"
    )]
    NoNamespace(String),
    /// Escapes or breaks of lines are in the way.
    #[error(
        "the namespace `{namespace}` at {at} is spelled in a way that cannot be changed; write it without escapes"
    )]
    Spelling {
        /// The namespace.
        namespace: String,
        /// Where it stands.
        at: Position,
    },
}

/// The same flow with every namespace in it moved as `moves` says, from old name to new.
///
/// A move covers a namespace and all below it, the longest that covers one counts, and what has been moved is not moved
/// again. Moved are: the flow's own namespace, each property `namespace`, `…Namespace` and `namespaces` of a task, trigger
/// or what is inside them, what expressions give to functions as a namespace, and addresses of namespace files. Maps whose
/// keys are their author's, such as the inputs of a subflow, keep their values but for the expressions in them.
///
/// # Errors
/// A [`RelocateError`].
pub fn relocate(source: &str, moves: &BTreeMap<String, String>) -> Result<String, RelocateError> {
    if let Some(name) = moves.iter().flat_map(|(old, new)| [old, new]).find(|name| !namespace::is_name(name))
    {
        return Err(RelocateError::NoNamespace(name.clone()));
    }
    let flow = Flow::parse(source)?;
    let mut edits = Edits { source, moves, found: BTreeMap::new() };
    edits.properties(flow.root())?;
    edits.files(flow.root());
    // The lines differ in how tightly operators bind, which calls do not notice.
    for expression in expressions(&flow, KestraLine::V2_0) {
        edits.calls(&expression)?;
    }
    Ok(edits.apply())
}

/// What to write instead of which bytes.
struct Edits<'a> {
    source: &'a str,
    moves: &'a BTreeMap<String, String>,
    found: BTreeMap<usize, (usize, String)>,
}

impl Edits<'_> {
    fn properties(&mut self, node: &Node) -> Result<(), RelocateError> {
        match &node.value {
            Value::Sequence(items) => items.iter().try_for_each(|item| self.properties(item)),
            Value::Mapping(entries) => {
                entries.iter().try_for_each(|(key, entry)| self.property(key, &entry.value))
            }
            _ => Ok(()),
        }
    }

    fn property(&mut self, key: &str, value: &Node) -> Result<(), RelocateError> {
        match &value.value {
            Value::Sequence(items) if key == "namespaces" => {
                items.iter().try_for_each(|item| self.namespace(item))
            }
            // What a flow declares is a list; what someone gives is a map.
            Value::Mapping(_) if FREE.contains(&key) => Ok(()),
            Value::Mapping(_) | Value::Sequence(_) => self.properties(value),
            _ if key == "namespace" || key.ends_with("Namespace") => self.namespace(value),
            _ => Ok(()),
        }
    }

    /// A scalar that is a namespace, unless it is computed.
    fn namespace(&mut self, node: &Node) -> Result<(), RelocateError> {
        let Some(namespace) = node.text().filter(|text| !is_expression(text)) else { return Ok(()) };
        let Some(moved) = self.moved(&namespace) else { return Ok(()) };
        let written = &self.source[node.span.range()];
        let is_plain = written == namespace;
        if node.as_str().is_none() || is_plain && !matches!(plain(&moved), Ok(Value::String(_))) {
            self.replace(node.span.range(), format!("\"{moved}\""));
            return Ok(());
        }
        self.respell(node.span.range(), &namespace, moved, node.span.start)
    }

    /// Literal namespaces among the arguments of functions.
    fn calls(&mut self, expression: &Expression<'_>) -> Result<(), RelocateError> {
        let Ok(template) = &expression.template else { return Ok(()) };
        for (namespace, range) in named(template) {
            let Some(moved) = self.moved(namespace) else { continue };
            let span = expression.span(&range);
            self.respell(span.range(), namespace, moved, span.start)?;
        }
        Ok(())
    }

    /// Addresses of files, wherever they stand.
    fn files(&mut self, node: &Node) {
        match &node.value {
            Value::Sequence(items) => items.iter().for_each(|item| self.files(item)),
            Value::Mapping(entries) => entries.values().for_each(|entry| self.files(&entry.value)),
            Value::String(_) => {
                let range = node.span.range();
                let found = FILE.captures_iter(&self.source[range.clone()]).filter_map(|file| file.get(1));
                let moved = found.filter_map(|name| Some((name.range(), self.moved(name.as_str())?)));
                let moved: Vec<(Range<usize>, String)> = moved.collect();
                for (inside, moved) in moved {
                    self.replace(range.start + inside.start..range.start + inside.end, moved);
                }
            }
            _ => {}
        }
    }

    /// What a namespace becomes; nothing when no move covers it.
    fn moved(&self, name: &str) -> Option<String> {
        let covering =
            self.moves.iter().filter_map(|(old, new)| Some((old.len(), new, namespace::inside(name, old)?)));
        let (_, new, rest) = covering.max_by_key(|(length, ..)| *length)?;
        Some(format!("{new}{rest}"))
    }

    /// Changes a namespace within its spelling, of which it is the last part but for what ends the spelling.
    fn respell(
        &mut self,
        range: Range<usize>,
        old: &str,
        new: String,
        at: Position,
    ) -> Result<(), RelocateError> {
        let written = &self.source[range.clone()];
        let is_end = |rest: &str| {
            rest.chars().all(|character| character.is_whitespace() || "\\\"'".contains(character))
        };
        match written.rfind(old).filter(|found| is_end(&written[found + old.len()..])) {
            Some(found) => {
                let start = range.start + found;
                self.replace(start..start + old.len(), new);
                Ok(())
            }
            None => Err(RelocateError::Spelling { namespace: old.to_owned(), at }),
        }
    }

    fn replace(&mut self, range: Range<usize>, text: String) {
        self.found.insert(range.start, (range.end, text));
    }

    fn apply(self) -> String {
        let mut text = self.source.to_owned();
        for (start, (end, new)) in self.found.into_iter().rev() {
            text.replace_range(start..end, &new);
        }
        text
    }
}

/// The literal namespaces that a template gives to functions, with their places.
fn named(template: &Template) -> impl Iterator<Item = (&str, Range<usize>)> {
    template.nodes().iter().filter_map(|node| {
        let Kind::Call(name, arguments) = &node.kind else { return None };
        let position = KestraLine::ALL.iter().find_map(|line| {
            find(FUNCTIONS, &name.text, *line)?
                .arguments?
                .iter()
                .position(|argument| *argument == "namespace")
        })?;
        let argument = &template.nodes()[template.argument(arguments, position, "namespace")?];
        let Kind::Text(text) = &argument.kind else { return None };
        Some((text.as_str(), argument.range.clone()))
    })
}
