//! The only file that knows the YAML parser: it turns the parser's events into ours and adds the two things
//! the parser allows and Kestra refuses. Another event parser would replace this file alone.

use std::borrow::Cow;

use granit_parser::{ErrorKind, Event as Parsed, Marker, ScalarStyle, ScanError, StrInput};

use super::screen::position_of;
use super::{MAX_DEPTH, Position, Span, SyntaxError, SyntaxErrorKind};

/// Characters that end the name of an anchor or alias in YAML 1.1.
const NOT_IN_NAMES: [char; 10] = [':', ',', '{', '}', '[', ']', '/', '.', '*', '&'];

/// One step of a document.
#[derive(Debug)]
pub(super) enum Event<'text> {
    Scalar(Scalar<'text>),
    /// `*name`; whether the anchor exists does not matter to Kestra.
    Alias(&'text str),
    SequenceStart,
    MappingStart,
    /// The end of the innermost open sequence or mapping.
    CollectionEnd,
    DocumentEnd,
}

/// A scalar as written, before it gets a type.
#[derive(Debug)]
pub(super) struct Scalar<'text> {
    pub(super) text: Cow<'text, str>,
    /// Neither quoted nor a block.
    pub(super) plain: bool,
    /// The resolved tag: `tag:yaml.org,2002:int`, `!custom`, `!`.
    pub(super) tag: Option<String>,
}

/// The events of the first document of a text.
pub(super) struct Events<'text> {
    text: &'text str,
    parser: granit_parser::Parser<'text, StrInput<'text>>,
    /// Up to here the text was checked for separating tabs.
    seen: usize,
}

impl<'text> Events<'text> {
    pub(super) fn new(text: &'text str) -> Self {
        let options = granit_parser::options! {
            emit_unresolved_aliases: true,
            emit_anchor_events: true,
            emit_comments: false,
            flow_nesting_limit: MAX_DEPTH + 1,
            block_nesting_limit: MAX_DEPTH + 1,
        };
        Self { text, parser: granit_parser::Parser::new_from_str_with_options(text, options), seen: 0 }
    }

    /// The next event and its place.
    pub(super) fn next(&mut self) -> Result<(Event<'text>, Span), SyntaxError> {
        loop {
            let Some(parsed) = self.parser.next_event() else {
                return Ok((Event::DocumentEnd, self.end_of_text()));
            };
            let (parsed, place) = parsed.map_err(|error| self.refusal(&error))?;
            let span = Span { start: self.position(&place.start), end: self.position(&place.end) };
            self.refuse_reference(&parsed, span)?;
            let Some(event) = self.translate(parsed, span) else {
                continue;
            };
            self.refuse_tabs(&event, span)?;
            return Ok((event, span));
        }
    }

    fn translate(&self, parsed: Parsed<'text>, span: Span) -> Option<Event<'text>> {
        Some(match parsed {
            Parsed::Scalar(text, style, _, tag) => {
                let plain = style == ScalarStyle::Plain;
                let tag = tag.map(|tag| format!("{}{}", tag.handle(), tag.suffix()));
                Event::Scalar(Scalar { text: self.content(text, style, span), plain, tag })
            }
            Parsed::Alias(_) | Parsed::UnresolvedAlias(_) => {
                Event::Alias(self.text.get(span.range()).unwrap_or_default().trim_start_matches('*'))
            }
            Parsed::SequenceStart(..) => Event::SequenceStart,
            Parsed::MappingStart(..) => Event::MappingStart,
            Parsed::SequenceEnd | Parsed::MappingEnd => Event::CollectionEnd,
            Parsed::DocumentEnd | Parsed::StreamEnd => Event::DocumentEnd,
            _ => return None,
        })
    }

    /// YAML 1.2 took nearly every character into the names of anchors and aliases; `*.csv` is none in YAML 1.1.
    fn refuse_reference(&self, parsed: &Parsed<'_>, span: Span) -> Result<(), SyntaxError> {
        let is_reference =
            matches!(parsed, Parsed::Anchor(..) | Parsed::Alias(_) | Parsed::UnresolvedAlias(_));
        let text = self.text.get(span.range()).unwrap_or_default();
        if is_reference && text.get(1..).is_some_and(|name| name.contains(NOT_IN_NAMES)) {
            let kind = SyntaxErrorKind::Reference { text: text.to_owned() };
            return Err(SyntaxError { kind, position: span.start });
        }
        Ok(())
    }

    /// YAML 1.2 lets tabs separate tokens; YAML 1.1 allows them only inside scalars and behind plain ones.
    fn refuse_tabs(&mut self, event: &Event<'_>, span: Span) -> Result<(), SyntaxError> {
        let text = self.text;
        let gap = text.get(self.seen..span.start.offset).unwrap_or_default();
        let mut tab = separating_tab(gap).map(|at| self.seen + at);
        self.seen = self.seen.max(span.end.offset);
        if matches!(event, Event::Scalar(scalar) if scalar.plain) {
            let source = text.get(span.range()).unwrap_or_default();
            tab = tab.or_else(|| continuation_tab(source).map(|at| span.start.offset + at));
            let rest = &text[self.seen..];
            self.seen += rest.len() - rest.trim_start_matches([' ', '\t']).len();
        }
        match tab {
            Some(offset) => {
                Err(SyntaxError { kind: SyntaxErrorKind::Tab, position: position_of(text, offset) })
            }
            None => Ok(()),
        }
    }

    /// Undoes what the parser adds to a scalar: `~` for a value that is not there, and the line break of a block
    /// whose last line is the last of the text and has none.
    fn content(&self, text: Cow<'text, str>, style: ScalarStyle, span: Span) -> Cow<'text, str> {
        let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        let ends_unbroken = || {
            let last_line = || self.text.rsplit(['\n', '\r']).next().unwrap_or_default();
            span.end.offset == self.text.len() && !last_line().trim().is_empty()
        };
        if style == ScalarStyle::Plain && span.range().is_empty() {
            Cow::Borrowed("")
        } else if block && ends_unbroken() {
            Cow::Owned(text.strip_suffix('\n').unwrap_or(&text).to_owned())
        } else {
            text
        }
    }

    fn refusal(&self, error: &ScanError) -> SyntaxError {
        let kind = match error.kind() {
            ErrorKind::RecursionLimitExceeded => SyntaxErrorKind::TooDeep { limit: MAX_DEPTH },
            ErrorKind::TabInBlockIndentation | ErrorKind::TabInIndentation | ErrorKind::TabNotAllowed => {
                SyntaxErrorKind::Tab
            }
            kind => SyntaxErrorKind::Grammar { message: format!("{}{}", error.info(), cure(kind)) },
        };
        let position = self.position(error.marker());
        let culprit = match (error.kind(), &kind) {
            (ErrorKind::InvalidQuotedScalarIndent, _) => self.opening_quote(position.offset),
            (_, SyntaxErrorKind::Tab) => tab_at_or_before(self.text, position.offset),
            _ => None,
        };
        SyntaxError { kind, position: culprit.map_or(position, |offset| position_of(self.text, offset)) }
    }

    /// The quote that opens the string in which the parser gave up at `end`.
    fn opening_quote(&self, end: usize) -> Option<usize> {
        let gap = self.text.get(self.seen..end)?;
        outside_comments(gap, |byte| matches!(byte, b'"' | b'\'')).map(|at| self.seen + at)
    }

    fn position(&self, marker: &Marker) -> Position {
        let offset = marker.byte_offset().unwrap_or(self.text.len());
        Position { offset, line: marker.line(), column: marker.col() + 1 }
    }

    fn end_of_text(&self) -> Span {
        let end = position_of(self.text, self.text.len());
        Span { start: end, end }
    }
}

/// What to do about the mistakes people make most.
fn cure(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::MappingValueNotAllowed => {
            "; quote a value that holds `: `, or indent this line like its neighbours"
        }
        ErrorKind::UnexpectedCharacter { .. } => "; quote a value that starts with it",
        ErrorKind::UnclosedFlowCollection { .. } | ErrorKind::UnclosedQuotedScalar => "; close it",
        ErrorKind::UnknownQuotedScalarEscape => "; double the backslash, or use single quotes",
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => "; write `key: value`",
        ErrorKind::InvalidQuotedScalarIndent => "; close the quote, or indent every line more than the key",
        ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar => {
            "; quote the whole value"
        }
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidIndentation => "; indent this line like its neighbours",
        _ => "",
    }
}

/// The first tab of `gap` that stands outside a comment.
fn separating_tab(gap: &str) -> Option<usize> {
    outside_comments(gap, |byte| byte == b'\t')
}

/// The tab that the parser complains about, at or right before the place where it does.
fn tab_at_or_before(text: &str, offset: usize) -> Option<usize> {
    let is_there = text[offset..].starts_with('\t');
    (!is_there && text[..offset].ends_with('\t')).then(|| offset - 1)
}

/// The first byte of `gap` that is wanted and stands outside a comment.
fn outside_comments(gap: &str, is_wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let mut comment = false;
    gap.bytes().position(|byte| {
        comment = match byte {
            b'#' => true,
            b'\n' | b'\r' => false,
            _ => comment,
        };
        is_wanted(byte) && !comment
    })
}

/// The first tab that indents a line of a plain scalar after its first.
fn continuation_tab(source: &str) -> Option<usize> {
    let mut indenting = false;
    source.bytes().position(|byte| {
        indenting = match byte {
            b'\n' | b'\r' => true,
            b' ' | b'\t' => indenting,
            _ => false,
        };
        byte == b'\t' && indenting
    })
}
