//! Finds the place in the YAML source that a part of a scalar's text comes from. Quotes, escapes, folded lines
//! and indentation make the two differ; where they cannot be brought together, the scalar's start has to do.

use std::ops::Range;

use crate::yaml::{Position, Span};

/// No stretch is longer, so that a place in a long line is found quickly.
const STRETCH: usize = 4096;

/// Which text comes from which source.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    whole: Span,
    stretches: Vec<Stretch>,
}

/// Text from an offset on is the source from a position on, character by character.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    text: usize,
    source: Position,
}

/// How a scalar is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Double,
    Single,
    /// Plain, or a block.
    Bare,
}

impl Origin {
    /// Brings `text`, the value of the scalar at `whole` of `source`, together with its spelling.
    pub(super) fn new(source: &str, whole: Span, text: &str) -> Self {
        let spelling = source.get(whole.range()).unwrap_or_default();
        let styled = match spelling.as_bytes().first() {
            Some(b'"') => Some(Style::Double),
            Some(b'\'') => Some(Style::Single),
            _ => None,
        };
        let stretches = styled
            .and_then(|style| align(spelling, whole.start, text, style))
            .or_else(|| align(spelling, whole.start, text, Style::Bare))
            .unwrap_or_default();
        Self { whole, stretches }
    }

    /// Where the bytes `range` of the text stand in the source.
    pub(super) fn span(&self, text: &str, range: &Range<usize>) -> Span {
        match (self.position(text, range.start), self.position(text, range.end)) {
            (Some(start), Some(end)) => Span { start, end: end.max(start) },
            _ => Span { start: self.whole.start, end: self.whole.start },
        }
    }

    fn position(&self, text: &str, offset: usize) -> Option<Position> {
        let behind = self.stretches.partition_point(|stretch| stretch.text <= offset);
        let stretch = self.stretches.get(behind.checked_sub(1)?)?;
        Some(advanced(stretch.source, text.get(stretch.text..offset)?))
    }
}

/// The position behind `passed`, in which no line breaks.
fn advanced(position: Position, passed: &str) -> Position {
    Position {
        offset: position.offset + passed.len(),
        column: position.column + passed.chars().count(),
        ..position
    }
}

/// The stretches of a scalar, unless text and spelling do not fit together.
fn align(spelling: &str, start: Position, text: &str, style: Style) -> Option<Vec<Stretch>> {
    let inside = if style == Style::Bare { spelling } else { spelling.get(1..spelling.len().max(2) - 1)? };
    let at = if style == Style::Bare { start } else { advanced(start, "x") };
    let mut walk = Walk { spelling: inside, at, text, done: 0, style, stretches: Vec::new() };
    walk.begin_stretch();
    while walk.done < text.len() {
        walk.step()?;
    }
    walk.white_space();
    walk.spelling.is_empty().then_some(walk.stretches)
}

/// How far text and spelling have been brought together.
struct Walk<'flow> {
    /// What is left of the spelling, which begins at `at`.
    spelling: &'flow str,
    at: Position,
    text: &'flow str,
    done: usize,
    style: Style,
    stretches: Vec<Stretch>,
}

impl Walk<'_> {
    /// Passes white space on both sides, or one character.
    fn step(&mut self) -> Option<()> {
        let rest = &self.text[self.done..];
        let white = rest.len() - rest.trim_start().len();
        let (spelled, breaks) = self.white_space();
        if white > 0 || spelled > 0 {
            self.done += white;
            if breaks || white != spelled {
                self.begin_stretch();
            }
            return Some(());
        }
        let character = rest.chars().next()?;
        let length = self.spelled(character)?;
        let plain = length == character.len_utf8();
        self.done += character.len_utf8();
        self.skip(length);
        if !plain || self.done - self.stretches.last()?.text >= STRETCH {
            self.begin_stretch();
        }
        Some(())
    }

    fn begin_stretch(&mut self) {
        self.stretches.push(Stretch { text: self.done, source: self.at });
    }

    /// How many bytes spell `character`.
    fn spelled(&self, character: char) -> Option<usize> {
        match (self.style, self.spelling.as_bytes()) {
            (Style::Double, [b'\\', escape, ..]) => Some(match escape {
                b'x' => 4,
                b'u' => 6,
                b'U' => 10,
                _ => 2,
            }),
            (Style::Single, [b'\'', b'\'', ..]) => (character == '\'').then_some(2),
            _ => self.spelling.starts_with(character).then(|| character.len_utf8()),
        }
    }

    fn skip(&mut self, length: usize) {
        let (passed, rest) = self.spelling.split_at_checked(length).unwrap_or((self.spelling, ""));
        self.at = advanced(self.at, passed);
        self.spelling = rest;
    }

    /// Passes white space and escapes for it; how many bytes, and whether a line breaks there.
    fn white_space(&mut self) -> (usize, bool) {
        let (mut length, mut breaks) = (0, false);
        loop {
            let taken = match self.spelling.as_bytes() {
                [b'\r', b'\n', ..] => 2,
                [b'\\', b' ' | b'n' | b't' | b'r', ..] if self.style == Style::Double => 2,
                [b'\\', b'\n' | b'\r', ..] if self.style == Style::Double => 1,
                _ => match self.spelling.chars().next().filter(|next| next.is_whitespace()) {
                    Some(white) => white.len_utf8(),
                    None => return (length, breaks),
                },
            };
            let line_break = self.spelling.starts_with(['\n', '\r', '\u{85}']);
            self.skip(taken);
            length += taken;
            if line_break {
                breaks = true;
                self.at = Position { line: self.at.line + 1, column: 1, ..self.at };
            }
        }
    }
}
