//! Builds the tree from events with a stack of its own, so that the depth of a document can exhaust a limit
//! and never the thread's stack.

use indexmap::map::Entry as Slot;

use super::event::{Event, Events, Scalar};
use super::scalar::resolve;
use super::screen::position_of;
use super::{Entry, Mapping, Node, Position, Span, SyntaxError, SyntaxErrorKind, Value};

/// Levels of lists and maps that Kestra reads at most.
pub const MAX_DEPTH: usize = 1000;

/// The first document of `text` as a tree.
pub(super) fn compose(text: &str) -> Result<Node, SyntaxError> {
    let mut events = Events::new(text);
    let mut composer = Composer { text, open: Vec::new() };
    loop {
        let (event, span) = events.next()?;
        if let Some(root) = composer.take(event, span)? {
            return Ok(root);
        }
    }
}

struct Composer<'text> {
    text: &'text str,
    open: Vec<Collection>,
}

/// A list or map whose end has not come yet.
struct Collection {
    span: Span,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping { entries: Mapping, key: Option<(String, Span)> },
}

impl Composer<'_> {
    /// Takes one event; the root, when it completed it.
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<Option<Node>, SyntaxError> {
        let key_is_due =
            matches!(self.open.last(), Some(Collection { content: Content::Mapping { key: None, .. }, .. }));
        match event {
            Event::Scalar(scalar) => {
                self.refuse_slash_escape(&scalar, span)?;
                if key_is_due {
                    self.refuse_missing_key(&scalar, span)?;
                    return self.key(scalar.text.into_owned(), span).map(|()| None);
                }
                let span = self.behind_colon(&scalar, span);
                let value = resolve(scalar).map_err(|kind| SyntaxError { kind, position: span.start })?;
                Ok(self.add(Node { value, span }))
            }
            Event::CollectionEnd => Ok(self.close(span)),
            Event::DocumentEnd => {
                Err(SyntaxError { kind: SyntaxErrorKind::Empty, position: Position::START })
            }
            _ if key_is_due => Err(SyntaxError { kind: SyntaxErrorKind::ComplexKey, position: span.start }),
            Event::Alias(name) => Ok(self.add(Node { value: Value::String(name.to_owned()), span })),
            Event::SequenceStart => self.open(span, Content::Sequence(Vec::new())),
            Event::MappingStart => self.open(span, Content::Mapping { entries: Mapping::new(), key: None }),
        }
    }

    fn open(&mut self, span: Span, content: Content) -> Result<Option<Node>, SyntaxError> {
        if self.open.len() == MAX_DEPTH {
            let kind = SyntaxErrorKind::TooDeep { limit: MAX_DEPTH };
            return Err(SyntaxError { kind, position: span.start });
        }
        self.open.push(Collection { span: Span { start: span.start, end: span.start }, content });
        Ok(None)
    }

    fn close(&mut self, end: Span) -> Option<Node> {
        let Collection { mut span, content } = self.open.pop()?;
        // A block collection has no closing mark; it ends with its last item.
        if !end.range().is_empty() {
            span.end = end.end;
        }
        let value = match content {
            Content::Sequence(items) => Value::Sequence(items),
            Content::Mapping { entries, .. } => Value::Mapping(entries),
        };
        self.add(Node { value, span })
    }

    /// Puts a finished value into the innermost open collection; gives it back when there is none.
    fn add(&mut self, node: Node) -> Option<Node> {
        let Some(parent) = self.open.last_mut() else {
            return Some(node);
        };
        parent.span.end = node.span.end;
        match &mut parent.content {
            Content::Sequence(items) => items.push(node),
            Content::Mapping { entries, key } => {
                if let Some((name, key_span)) = key.take() {
                    entries.insert(name, Entry { key_span, value: node });
                }
            }
        }
        None
    }

    fn key(&mut self, name: String, span: Span) -> Result<(), SyntaxError> {
        let Some(Collection { content: Content::Mapping { entries, key }, .. }) = self.open.last_mut() else {
            return Ok(());
        };
        match entries.entry(name) {
            Slot::Occupied(slot) => {
                let kind = SyntaxErrorKind::DuplicateKey {
                    key: slot.key().clone(),
                    first: slot.get().key_span.start,
                };
                Err(SyntaxError { kind, position: span.start })
            }
            Slot::Vacant(slot) => {
                *key = Some((slot.into_key(), span));
                Ok(())
            }
        }
    }

    /// The place of a value that is not there: the parser takes the colon before it for its place.
    fn behind_colon(&self, scalar: &Scalar<'_>, span: Span) -> Span {
        let Position { offset, line, column } = span.start;
        if !scalar.plain || !span.range().is_empty() || !self.text[offset..].starts_with(':') {
            return span;
        }
        let behind = Position { offset: offset + 1, line, column: column + 1 };
        Span { start: behind, end: behind }
    }

    /// A key may be empty only behind the `?` of an explicit key.
    fn refuse_missing_key(&self, scalar: &Scalar<'_>, span: Span) -> Result<(), SyntaxError> {
        let (before, after) = self.text.split_at(span.start.offset);
        if scalar.plain
            && span.range().is_empty()
            && after.starts_with(':')
            && !before.trim_end().ends_with('?')
        {
            return Err(SyntaxError { kind: SyntaxErrorKind::MissingKey, position: span.start });
        }
        Ok(())
    }

    /// YAML 1.2 took `\/` over from JSON; YAML 1.1 does not have it.
    fn refuse_slash_escape(&self, scalar: &Scalar<'_>, span: Span) -> Result<(), SyntaxError> {
        let source = self.text.get(span.range()).unwrap_or_default();
        if scalar.plain || !source.starts_with('"') {
            return Ok(());
        }
        let mut bytes = source.bytes().enumerate();
        while let Some((_, byte)) = bytes.next() {
            if byte == b'\\'
                && let Some((at, b'/')) = bytes.next()
            {
                let position = position_of(self.text, span.start.offset + at - 1);
                return Err(SyntaxError { kind: SyntaxErrorKind::SlashEscape, position });
            }
        }
        Ok(())
    }
}
