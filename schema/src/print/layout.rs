//! Which values take lines of their own and which stay in the line of their key.

use std::sync::LazyLock;

use regex::Regex;

use super::folded::folded;
use super::scalar::{Block, block, in_brackets};
use crate::yaml::{Node, Value};

/// The longest list that is kept in one line, brackets included.
const WIDEST_LIST: usize = 80;

/// Whether the value is printed as lines of entries or items.
pub(super) fn is_tall(node: &Node, source: &str) -> bool {
    match &node.value {
        Value::Mapping(entries) => !entries.is_empty(),
        Value::Sequence(items) => !items.is_empty() && one_line(node, source).is_none(),
        _ => false,
    }
}

/// A list of scalars that its author wrote in one line, in one line.
pub(super) fn one_line(node: &Node, source: &str) -> Option<String> {
    let items = node.as_sequence()?;
    let written = source.get(node.span.range())?;
    let short = |item: &Node| match &item.value {
        Value::String(text) => !text.contains('\n'),
        Value::Sequence(_) | Value::Mapping(_) => false,
        _ => true,
    };
    let kept = written.starts_with('[') && !written.contains(['\n', '\r']) && items.iter().all(short);
    let items: Vec<String> = items.iter().map(|item| in_brackets(item, source)).collect();
    let line = format!("[{}]", items.join(", "));
    (kept && line.chars().count() <= WIDEST_LIST).then_some(line)
}

/// The block of a text that has several lines.
pub(super) fn block_of(node: &Node, source: &str) -> Option<Block> {
    let text = node.as_str()?;
    let written = source.get(start(node, source)..node.span.end.offset);
    written
        .filter(|written| written.starts_with('>'))
        .and_then(|written| folded(text, written))
        .or_else(|| block(text))
}

/// The end of a line that starts a block scalar: its header, and perhaps a comment.
static HEADER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[ \t])([|>][-+0-9]*)[ \t]*(?:#.*)?$").expect("the pattern compiles: every test uses it")
});

/// The byte at which a value starts. The span of a block scalar leaves out its header.
pub(super) fn start(node: &Node, source: &str) -> usize {
    let offset = node.span.start.offset;
    let before = source.get(..offset).filter(|_| node.as_str().is_some()).unwrap_or_default();
    let above = before.trim_end_matches(['\n', '\r', ' ', '\t']);
    if !before[above.len()..].contains('\n') {
        return offset;
    }
    let first = above.rfind('\n').map_or(0, |at| at + 1);
    let header = HEADER.captures(&above[first..]).and_then(|parts| parts.get(1));
    let found = header.map(|header| first + header.start());
    found.filter(|at| !above[first..*at].contains(" #")).unwrap_or(offset)
}
