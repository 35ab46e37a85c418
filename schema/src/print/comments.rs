//! Decides which entry or item each comment belongs to, so that it moves with it: the comments above belong to what
//! they stand above, those behind to what they stand behind, and those at the end of a block to the block.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{is_tall, start};
use crate::yaml::{Node, Position, Span, Value};

/// An entry or item: the byte it starts at, and whether it is an entry. An item that is a map starts where its first
/// entry does.
pub(super) type Anchor = (usize, bool);

/// The anchor of the entry whose key stands at `span`.
pub(super) fn of_entry(span: Span) -> Anchor {
    (span.start.offset, true)
}

/// The anchor of an item.
pub(super) fn of_item(item: &Node, source: &str) -> Anchor {
    (start(item, source), false)
}

/// A comment, and whether an empty line stands above it.
#[derive(Debug, Clone)]
pub(super) struct Comment {
    pub(super) text: String,
    pub(super) apart: bool,
}

/// The comments of a document by what they belong to.
#[derive(Debug, Default)]
pub(super) struct Comments {
    /// Above everything, with an empty line below.
    pub(super) head: Vec<Comment>,
    /// Lines above an entry or item.
    pub(super) above: BTreeMap<Anchor, Vec<Comment>>,
    /// Behind an entry or item, in its line.
    pub(super) behind: BTreeMap<Anchor, String>,
    /// Lines at the end of the list or map that an entry or item has.
    pub(super) below: BTreeMap<Anchor, Vec<Comment>>,
    /// Below everything.
    pub(super) foot: Vec<Comment>,
    /// Entries and items with an empty line above them.
    pub(super) apart: BTreeSet<Anchor>,
}

/// An anchor with what is needed to find the comments of it.
struct Site {
    anchor: Anchor,
    /// Where it starts, the dash of an item included.
    column: usize,
    /// The entry or item whose value this stands in; nothing at the top.
    parent: Option<usize>,
    /// Whether lines may stand at the end of its value.
    tall: bool,
}

impl Comments {
    /// Gives each of `comments` of `source` to a part of `root`.
    pub(super) fn attach(root: &Node, source: &str, comments: &[Span]) -> Self {
        let mut sites = Vec::new();
        if is_tall(root, source) {
            collect(root, source, None, &mut sites);
        }
        let mut attached = Self::default();
        for comment in comments {
            attached.add(&sites, source, comment);
        }
        let apart = |(at, entry): &Anchor| {
            let before = source[..*at].trim_end_matches(|before| before == ' ' || (!entry && before == '-'));
            (before.is_empty() || before.ends_with('\n')) && is_apart(source, *at)
        };
        attached.apart = sites.iter().map(|site| site.anchor).filter(apart).collect();
        match sites.first() {
            Some(first) => attached.split_head(first.anchor),
            None => attached.head = std::mem::take(&mut attached.foot),
        }
        attached
    }

    fn add(&mut self, sites: &[Site], source: &str, span: &Span) {
        let text = source.get(span.range()).unwrap_or_default().trim_end().to_owned();
        let at = span.start.offset;
        let comment = Comment { text, apart: is_apart(source, at) };
        let next = sites.partition_point(|site| site.anchor.0 < at);
        let before = source[..at].rsplit(['\n', '\r']).next().unwrap_or_default();
        let own_line = before.chars().all(|character| matches!(character, ' ' | '\t' | '-' | '?'));
        match (own_line, next.checked_sub(1)) {
            (false, Some(last)) => self.add_behind(sites[last].anchor, comment),
            _ => self.add_line(sites, next, span.start.column, comment),
        }
    }

    /// A second comment in what becomes one line goes above it.
    fn add_behind(&mut self, anchor: Anchor, comment: Comment) {
        if let Some(text) = self.behind.insert(anchor, comment.text) {
            self.above.entry(anchor).or_default().push(Comment { text, apart: false });
        }
    }

    fn add_line(&mut self, sites: &[Site], next: usize, column: usize, comment: Comment) {
        let following = sites.get(next);
        let ends_block = following
            .is_none_or(|site| column > site.column && site.parent.is_none_or(|parent| parent + 1 != next));
        let owner = ends_block.then(|| owner(&sites[..next], column)).flatten();
        match (owner, following) {
            (Some(owner), _) => self.below.entry(owner).or_default().push(comment),
            (None, Some(site)) => self.above.entry(site.anchor).or_default().push(comment),
            (None, None) => self.foot.push(comment),
        }
    }

    /// Comments above the first entry that an empty line separates from it are about the document.
    fn split_head(&mut self, first: Anchor) {
        let comments = self.above.remove(&first).unwrap_or_default();
        let gaps = comments.iter().map(|comment| comment.apart).chain([self.apart.contains(&first)]);
        let end = gaps.enumerate().filter(|(_, apart)| *apart).map(|(index, _)| index).last().unwrap_or(0);
        let (head, above) = comments.split_at(end.min(comments.len()));
        self.head = head.to_vec();
        if !above.is_empty() {
            self.above.insert(first, above.to_vec());
        }
    }
}

/// The block that a comment in `column` ends, when `sites` are what stands before it.
fn owner(sites: &[Site], column: usize) -> Option<Anchor> {
    let last = sites.iter().rposition(|site| site.column <= column)?;
    let own = sites[last].tall && sites[last].column < column;
    let owner = if own { Some(last) } else { sites[last].parent };
    owner.map(|index| sites[index].anchor)
}

fn collect(node: &Node, source: &str, parent: Option<usize>, sites: &mut Vec<Site>) {
    let children: Vec<(Span, bool, &Node)> = match &node.value {
        Value::Mapping(entries) => {
            entries.values().map(|entry| (entry.key_span, true, &entry.value)).collect()
        }
        Value::Sequence(items) => items.iter().map(|item| (item.span, false, item)).collect(),
        _ => Vec::new(),
    };
    for (span, entry, value) in children {
        let anchor = if entry { of_entry(span) } else { of_item(value, source) };
        let column = if entry { span.start.column } else { dash_column(source, anchor.0, value.span.start) };
        let tall = is_tall(value, source);
        sites.push(Site { anchor, column, parent, tall });
        if tall {
            collect(value, source, Some(sites.len() - 1), sites);
        }
    }
}

/// The column of the item that starts at a byte, counted from 1, with the dash before it.
fn dash_column(source: &str, at: usize, start: Position) -> usize {
    let before = source[..at].trim_end_matches(' ');
    let dash = if before.ends_with('-') { at - before.len() + 1 } else { 0 };
    if at == start.offset {
        // Counting from the start of the line takes long in long lines.
        return start.column - dash;
    }
    let line = &source[..at - dash];
    line.rsplit(['\n', '\r']).next().unwrap_or_default().chars().count() + 1
}

/// Whether the line above the one with the byte `at` is empty.
fn is_apart(source: &str, at: usize) -> bool {
    let mut lines = source[..at].rsplit('\n');
    lines.next();
    lines.next().is_some_and(|line| line.trim().is_empty())
}
