//! Cuts what stands between two delimiters into tokens. An explicit stack of open brackets takes the place of
//! recursion: only outside all of them does `}}` end an expression.

use std::ops::Range;

use super::malformed::{Malformed, Mistake};
use super::operator::{SIGNS, WORDS};

/// One token and the bytes of the text it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) sort: Sort,
    pub(super) range: Range<usize>,
}

/// What a token is; its spelling is in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Name,
    Number,
    /// A string without its quotes, or a part of one between interpolations.
    Text,
    Operator,
    Punctuation,
    /// `"` of a string that has interpolations.
    Quote,
    /// `#{`.
    Interpolation,
    /// The `}` of an interpolation.
    InterpolationEnd,
    /// `}}` or `%}`.
    End,
}

/// Something whose end is awaited.
enum Open {
    Bracket(u8),
    Quote,
    Interpolation,
}

/// The tokens behind the delimiter at `opened` to the delimiter `end`, which is the last of them.
pub(super) fn tokens(text: &str, opened: usize, end: &'static str) -> Result<Vec<Token>, Malformed> {
    let dash = usize::from(text.as_bytes().get(opened + 2) == Some(&b'-'));
    let at = opened + 2 + dash;
    let mut lexer = Lexer { text, opened, at, end, open: Vec::new(), tokens: Vec::new() };
    while lexer.step()? {}
    Ok(lexer.tokens)
}

struct Lexer<'text> {
    text: &'text str,
    opened: usize,
    at: usize,
    end: &'static str,
    open: Vec<(Open, usize)>,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    /// Takes one token; `false` behind the last.
    fn step(&mut self) -> Result<bool, Malformed> {
        if matches!(self.open.last(), Some((Open::Quote, _))) {
            return self.string_part().map(|()| true);
        }
        self.at += self.rest().len() - self.rest().trim_start_matches(is_white).len();
        if self.open.is_empty() && self.ended() {
            return Ok(false);
        }
        let Some(next) = self.rest().chars().next() else {
            return Err(self.unclosed());
        };
        if let Some(operator) = self.operator() {
            self.push(Sort::Operator, operator.len());
        } else if next == '_' || next.is_alphabetic() {
            let length = self.length(|character| character == '_' || character.is_alphanumeric());
            self.push(Sort::Name, length);
        } else if next.is_ascii_digit() {
            let length = self.number();
            self.push(Sort::Number, length);
        } else {
            self.sign(next)?;
        }
        Ok(true)
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn push(&mut self, sort: Sort, length: usize) {
        self.tokens.push(Token { sort, range: self.at..self.at + length });
        self.at += length;
    }

    fn length(&self, holds: impl Fn(char) -> bool) -> usize {
        let rest = self.rest();
        rest.find(|character| !holds(character)).unwrap_or(rest.len())
    }

    /// Takes the delimiter, if it is next.
    fn ended(&mut self) -> bool {
        let trimmed = self.rest().strip_prefix('-').unwrap_or(self.rest());
        if trimmed.starts_with(self.end) {
            let dash = self.rest().len() - trimmed.len();
            self.push(Sort::End, dash + self.end.len());
            return true;
        }
        false
    }

    /// The operator that is next. A word is one only when no letter, digit or `_` follows.
    fn operator(&self) -> Option<&'static str> {
        let rest = self.rest();
        let is_word = |word: &&&str| {
            let behind = rest.strip_prefix(**word);
            behind.is_some_and(|behind| !behind.starts_with(|c: char| c == '_' || c.is_ascii_alphanumeric()))
        };
        WORDS.iter().find(is_word).or_else(|| SIGNS.iter().find(|sign| rest.starts_with(**sign))).copied()
    }

    /// The length of `12`, `1.5` or `7L`.
    fn number(&self) -> usize {
        let rest = self.rest();
        let whole = self.length(|character| character.is_ascii_digit());
        let behind = &rest[whole..];
        if behind.starts_with('L') {
            return whole + 1;
        }
        let fraction = behind.strip_prefix('.').unwrap_or_default();
        let digits = fraction.len() - fraction.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 { whole } else { whole + 1 + digits }
    }

    fn sign(&mut self, sign: char) -> Result<(), Malformed> {
        match sign {
            '\'' | '"' => self.string(sign),
            '(' | '[' | '{' => {
                let closing = if sign == '(' { b')' } else { sign as u8 + 2 };
                self.open.push((Open::Bracket(closing), self.at));
                self.push(Sort::Punctuation, 1);
                Ok(())
            }
            ')' | ']' | '}' => self.close(sign),
            '?' | ':' | '.' | ',' | '=' => {
                self.push(Sort::Punctuation, 1);
                Ok(())
            }
            character => Err(self.here(Mistake::Character { character }, character.len_utf8())),
        }
    }

    fn close(&mut self, sign: char) -> Result<(), Malformed> {
        let sort = match self.open.last() {
            Some((Open::Bracket(closing), _)) if char::from(*closing) == sign => Sort::Punctuation,
            Some((Open::Interpolation, _)) if sign == '}' => Sort::InterpolationEnd,
            Some(_) => return Err(self.unclosed()),
            None => {
                let mistake = Mistake::Unexpected { found: sign.to_string(), wanted: self.wanted() };
                return Err(self.here(mistake, 1));
            }
        };
        self.open.pop();
        self.push(sort, 1);
        Ok(())
    }

    fn string(&mut self, quote: char) -> Result<(), Malformed> {
        match self.plain_string(quote) {
            Some(end) => {
                self.tokens.push(Token { sort: Sort::Text, range: self.at + 1..end });
                self.at = end + 1;
            }
            None if quote == '"' => {
                self.open.push((Open::Quote, self.at));
                self.push(Sort::Quote, 1);
            }
            None => {
                let mistake = Mistake::Unclosed { opened: "'".to_owned(), closing: "'" };
                return Err(self.here(mistake, 1));
            }
        }
        Ok(())
    }

    /// Where the string ends that starts here, unless it has interpolations or no end.
    fn plain_string(&self, quote: char) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut end = self.at + 1;
        loop {
            match *bytes.get(end)? {
                b'\\' => end += 2,
                byte if char::from(byte) == quote => return Some(end),
                b'#' if quote == '"' && bytes.get(end + 1) == Some(&b'{') => return None,
                _ => end += 1,
            }
        }
    }

    /// What follows inside a string: text up to an interpolation or the closing quote, and either of them.
    fn string_part(&mut self) -> Result<(), Malformed> {
        let bytes = self.text.as_bytes();
        let mut end = self.at;
        loop {
            match bytes.get(end) {
                Some(b'\\') => end += 2,
                Some(b'"') => {
                    self.push(Sort::Text, end - self.at);
                    self.open.pop();
                    self.push(Sort::Quote, 1);
                    return Ok(());
                }
                Some(b'#') if bytes.get(end + 1) == Some(&b'{') => {
                    self.push(Sort::Text, end - self.at);
                    self.open.push((Open::Interpolation, self.at));
                    self.push(Sort::Interpolation, 2);
                    return Ok(());
                }
                Some(_) => end += 1,
                None => return Err(self.unclosed()),
            }
        }
    }

    fn here(&self, mistake: Mistake, length: usize) -> Malformed {
        Malformed { mistake, range: self.at..self.at + length }
    }

    fn wanted(&self) -> &'static str {
        if self.end == "}}" { "`}}`" } else { "`%}`" }
    }

    /// What is still open, the innermost first; the whole expression when nothing else is.
    fn unclosed(&self) -> Malformed {
        let (opened, closing, at) = match self.open.last() {
            Some((Open::Bracket(b')'), at)) => ("(", ")", *at),
            Some((Open::Bracket(b']'), at)) => ("[", "]", *at),
            Some((Open::Bracket(_), at)) => ("{", "}", *at),
            Some((Open::Quote, at)) => ("\"", "\"", *at),
            Some((Open::Interpolation, at)) => ("#{", "}", *at),
            None => (&self.text[self.opened..self.opened + 2], self.end, self.opened),
        };
        let range = at..at + opened.len();
        Malformed { mistake: Mistake::Unclosed { opened: opened.to_owned(), closing }, range }
    }
}

/// White space as Pebble's patterns understand it.
fn is_white(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}')
}
