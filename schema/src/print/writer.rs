//! Writes the lines: entries and items with their indentation, their comments, and the empty lines between them.

use super::comments::{Anchor, Comment, Comments, of_entry, of_item};
use super::layout::{block_of, is_tall, one_line};
use super::order::Part;
use super::scalar::{inline, key};
use crate::yaml::{Mapping, Node, Value};

/// Spaces per level.
const STEP: usize = 2;

/// Longer keys are marked with `?`: YAML wants the `:` of others within 1024 characters.
const LONGEST_KEY: usize = 1000;

/// A document on its way to paper.
pub(super) struct Writer<'source> {
    out: String,
    source: &'source str,
    comments: Comments,
    /// Whether an empty line here would become part of the block scalar above.
    open_block: bool,
}

impl<'source> Writer<'source> {
    pub(super) fn new(source: &'source str, comments: Comments) -> Self {
        Self { out: String::new(), source, comments, open_block: false }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// The whole document.
    pub(super) fn document(&mut self, root: &Node) {
        let head = std::mem::take(&mut self.comments.head);
        if !head.is_empty() {
            self.lines(head, 0);
            self.out.push('\n');
        }
        match &root.value {
            Value::Mapping(entries) if !entries.is_empty() => self.entries(entries, 0, Part::Flow),
            Value::Sequence(items) if is_tall(root, self.source) => self.items(items, 0, Part::Other),
            _ => {
                let text = self.in_line(root);
                self.out.push_str(&text);
                self.out.push('\n');
            }
        }
        let foot = std::mem::take(&mut self.comments.foot);
        self.lines(foot, 0);
    }

    fn entries(&mut self, entries: &Mapping, indent: usize, part: Part) {
        let mut above = None;
        for (index, (name, entry)) in part.ordered(entries).into_iter().enumerate() {
            let anchor = of_entry(entry.key_span);
            let tall = is_tall(&entry.value, self.source) || block_of(&entry.value, self.source).is_some();
            // The sections of a flow stand apart.
            let apart = part == Part::Flow && (tall || above == Some(true));
            self.above(anchor, indent, index == 0, apart);
            self.key(name, indent);
            self.value(&entry.value, anchor, indent, part.of(name));
            above = Some(tall);
        }
    }

    fn key(&mut self, name: &str, indent: usize) {
        let key = key(name);
        if key.len() > LONGEST_KEY {
            self.out.push_str(&format!("? {key}\n{:indent$}:", ""));
        } else {
            self.out.push_str(&key);
            self.out.push(':');
        }
    }

    fn items(&mut self, items: &[Node], indent: usize, part: Part) {
        for (index, item) in items.iter().enumerate() {
            let anchor = of_item(item, self.source);
            // Behind a dash, the comments have gone above that dash.
            if !self.out.ends_with("- ") {
                self.hoist(item, anchor, part);
            }
            self.above(anchor, indent, index == 0, false);
            self.out.push('-');
            match &item.value {
                Value::Mapping(entries) if !entries.is_empty() => {
                    self.out.push(' ');
                    self.entries(entries, indent + STEP, part);
                    self.below(anchor, indent + STEP);
                }
                Value::Sequence(inner) if is_tall(item, self.source) => {
                    self.out.push(' ');
                    self.items(inner, indent + STEP, part);
                    self.below(anchor, indent + STEP);
                }
                _ => self.value(item, anchor, indent, part),
            }
        }
    }

    /// The first line of an item follows its dash, so the comments above it go above the dash.
    fn hoist(&mut self, item: &Node, anchor: Anchor, part: Part) {
        let first = match &item.value {
            Value::Mapping(entries) => {
                part.ordered(entries).first().map(|(_, entry)| (of_entry(entry.key_span), &entry.value))
            }
            Value::Sequence(items) if is_tall(item, self.source) => {
                items.first().map(|item| (of_item(item, self.source), item))
            }
            _ => None,
        };
        let Some((inner, value)) = first else { return };
        if !inner.1 {
            self.hoist(value, inner, part);
        }
        if let Some(comments) = self.comments.above.remove(&inner) {
            self.comments.above.entry(anchor).or_default().extend(comments);
        }
    }

    /// What follows a `:` or a `-`, to the end of its last line.
    fn value(&mut self, node: &Node, anchor: Anchor, indent: usize, part: Part) {
        let tall = is_tall(node, self.source);
        let block = block_of(node, self.source);
        match &block {
            _ if tall => {}
            Some(block) => self.out.push_str(&format!(" {}", block.header)),
            None => {
                let text = self.in_line(node);
                self.out.push_str(&format!(" {text}"));
            }
        }
        self.behind(anchor);
        self.open_block = false;
        for line in block.iter().flat_map(|block| &block.lines) {
            let indent = if line.is_empty() { 0 } else { indent + STEP };
            self.out.push_str(&format!("{:indent$}{line}\n", ""));
        }
        self.open_block |= block.is_some_and(|block| block.open);
        match &node.value {
            Value::Mapping(entries) if tall => self.entries(entries, indent + STEP, part),
            Value::Sequence(items) if tall => self.items(items, indent + STEP, part),
            _ => {}
        }
        self.below(anchor, indent + STEP);
    }

    fn in_line(&self, node: &Node) -> String {
        match &node.value {
            Value::Mapping(_) => "{}".to_owned(),
            Value::Sequence(items) if items.is_empty() => "[]".to_owned(),
            Value::Sequence(_) => one_line(node, self.source).unwrap_or_default(),
            _ => inline(node, self.source),
        }
    }

    /// The comments and the empty line above an entry or item, and its indentation. The first of a block follows
    /// what it belongs to.
    fn above(&mut self, anchor: Anchor, indent: usize, first: bool, apart: bool) {
        let mut comments = self.comments.above.remove(&anchor).unwrap_or_default();
        let apart = apart || self.comments.apart.contains(&anchor);
        if let Some(top) = comments.first_mut() {
            top.apart |= apart;
        }
        let own_apart = apart && comments.is_empty();
        let dashed = self.out.ends_with("- ");
        if first {
            if let Some(top) = comments.first_mut() {
                top.apart = false;
            }
        } else if own_apart {
            self.empty_line();
        }
        self.lines(comments, indent);
        if !dashed {
            self.out.push_str(&" ".repeat(indent));
        }
    }

    fn behind(&mut self, anchor: Anchor) {
        if let Some(text) = self.comments.behind.remove(&anchor) {
            self.out.push_str(&format!(" {text}"));
        }
        self.out.push('\n');
    }

    fn below(&mut self, anchor: Anchor, indent: usize) {
        if let Some(comments) = self.comments.below.remove(&anchor) {
            self.lines(comments, indent);
        }
    }

    fn lines(&mut self, comments: Vec<Comment>, indent: usize) {
        for comment in comments {
            if comment.apart {
                self.empty_line();
            }
            self.out.push_str(&format!("{:indent$}{}\n", "", comment.text));
            self.open_block = false;
        }
    }

    fn empty_line(&mut self) {
        if !self.open_block && !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}
