//! A reader of Amazon ION's text form, as far as bodies of the key-value store use it: Kestra reads each body
//! as ION and keeps its first value. Annotations and binary values, on which Kestra itself fails or which are
//! no text, are refused.

use std::str::FromStr;
use std::sync::LazyLock;

use bigdecimal::BigDecimal;
use bigdecimal::num_bigint::BigInt;
use indexmap::IndexMap;
use regex::Regex;

use super::timestamp::Timestamp;

/// Levels of lists and structs read at most.
const MAX_DEPTH: usize = 1000;

/// An ION value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ion {
    Null,
    Bool(bool),
    Int(BigInt),
    Decimal(BigDecimal),
    /// A binary float, with its exact spelled value where it is finite.
    Float(f64, Option<BigDecimal>),
    Timestamp(Timestamp),
    /// A string or a symbol; Kestra does not tell them apart.
    Text(String),
    /// A list or an s-expression.
    List(Vec<Ion>),
    Struct(IndexMap<String, Ion>),
}

/// A text that is no ION, or more of ION than is read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotIon;

/// The first value of `text`, and what follows it; `Null` when there is none.
pub(super) fn first(text: &str) -> Result<(Ion, &str), NotIon> {
    let mut reader = Reader { rest: text };
    reader.skip_space()?;
    if reader.rest.is_empty() {
        return Ok((Ion::Null, ""));
    }
    let value = reader.value(0, false)?;
    Ok((value, reader.rest))
}

/// The value of `text` when nothing but white space follows it.
pub(super) fn only(text: &str) -> Result<Ion, NotIon> {
    let (value, rest) = first(text)?;
    rest.trim().is_empty().then_some(value).ok_or(NotIon)
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^-?(?:0[xX](?<hex>[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)|0[bB](?<binary>[01]+(?:_[01]+)*)",
        r"|(?:0|[1-9][0-9]*(?:_[0-9]+)*)(?<fraction>\.(?:[0-9]+(?:_[0-9]+)*)?)?",
        r"(?:(?<mark>[dDeE])[-+]?[0-9]+)?)",
    ))
    .expect("the pattern compiles: every test uses it")
});

struct Reader<'text> {
    rest: &'text str,
}

impl<'text> Reader<'text> {
    /// One value; the caller skipped white space before it.
    fn value(&mut self, depth: usize, in_expression: bool) -> Result<Ion, NotIon> {
        if depth > MAX_DEPTH {
            return Err(NotIon);
        }
        match self.rest.as_bytes() {
            [b'{', b'{', ..] => Err(NotIon),
            [b'{', ..] => self.structure(depth),
            [b'[', ..] => self.list(depth),
            [b'(', ..] => self.expression(depth),
            [b'"', ..] => self.short_text('"').map(Ion::Text),
            [b'\'', b'\'', b'\'', ..] => self.long_text().map(Ion::Text),
            [b'\'', ..] => {
                let name = self.short_text('\'')?;
                self.refuse_annotation()?;
                Ok(Ion::Text(name))
            }
            [b'0'..=b'9', ..] | [b'-', b'0'..=b'9', ..] => self.number(),
            [b'+' | b'-', b'i', b'n', b'f', ..] => self.infinity(),
            [first, ..] if is_name_start(*first) => self.word(),
            [first, ..] if in_expression && is_operator(*first) => {
                Ok(Ion::Text(self.take_while(is_operator).to_owned()))
            }
            _ => Err(NotIon),
        }
    }

    fn word(&mut self) -> Result<Ion, NotIon> {
        let word = self.take_while(is_name);
        self.refuse_annotation()?;
        match word {
            "null" => self.null(),
            "true" => Ok(Ion::Bool(true)),
            "false" => Ok(Ion::Bool(false)),
            "nan" => Ok(Ion::Float(f64::NAN, None)),
            _ if word.strip_prefix('$').is_some_and(|id| id.parse::<u64>().is_ok()) => Err(NotIon),
            _ => Ok(Ion::Text(word.to_owned())),
        }
    }

    /// `null`, possibly with a type.
    fn null(&mut self) -> Result<Ion, NotIon> {
        const TYPES: [&str; 13] = [
            "null",
            "bool",
            "int",
            "float",
            "decimal",
            "timestamp",
            "string",
            "symbol",
            "blob",
            "clob",
            "struct",
            "list",
            "sexp",
        ];
        if self.accept(".") && !TYPES.contains(&self.take_while(is_name)) {
            return Err(NotIon);
        }
        Ok(Ion::Null)
    }

    fn infinity(&mut self) -> Result<Ion, NotIon> {
        let negative = self.rest.starts_with('-');
        self.rest = &self.rest[4..];
        self.end_of_number()?;
        Ok(Ion::Float(if negative { f64::NEG_INFINITY } else { f64::INFINITY }, None))
    }

    fn number(&mut self) -> Result<Ion, NotIon> {
        if let Some((timestamp, length)) = Timestamp::at_start_of(self.rest) {
            self.rest = &self.rest[length..];
            self.end_of_number()?;
            return timestamp.map(Ion::Timestamp).ok_or(NotIon);
        }
        let parts = NUMBER.captures(self.rest).ok_or(NotIon)?;
        let spelling = parts.get(0).map_or("", |all| all.as_str());
        self.rest = &self.rest[spelling.len()..];
        self.end_of_number()?;
        let digits = spelling.replace('_', "");
        for (name, radix) in [("hex", 16), ("binary", 2)] {
            if let Some(part) = parts.name(name) {
                let value =
                    BigInt::parse_bytes(part.as_str().replace('_', "").as_bytes(), radix).ok_or(NotIon)?;
                return Ok(Ion::Int(if spelling.starts_with('-') { -value } else { value }));
            }
        }
        let exact = |digits: &str| BigDecimal::from_str(digits).map_err(|_| NotIon);
        match parts.name("mark").map(|mark| mark.as_str()) {
            Some("e" | "E") => {
                let value = digits.parse::<f64>().map_err(|_| NotIon)?;
                Ok(Ion::Float(value, Some(exact(&digits.replace(".e", "e").replace(".E", "E"))?)))
            }
            None if parts.name("fraction").is_none() => digits.parse().map(Ion::Int).map_err(|_| NotIon),
            _ => exact(digits.replace(['d', 'D'], "e").replace(".e", "e").trim_end_matches('.'))
                .map(Ion::Decimal),
        }
    }

    /// A number ends where white space or punctuation does; `12:30` and `3rd` are no ION.
    fn end_of_number(&self) -> Result<(), NotIon> {
        let ends = match self.rest.as_bytes() {
            [] => true,
            [b'/', next, ..] => matches!(next, b'/' | b'*'),
            [next, ..] => is_space(*next) || b"{}[](),\"'".contains(next),
        };
        ends.then_some(()).ok_or(NotIon)
    }

    fn list(&mut self, depth: usize) -> Result<Ion, NotIon> {
        let mut items = Vec::new();
        self.accept("[");
        loop {
            self.skip_space()?;
            if self.accept("]") {
                return Ok(Ion::List(items));
            }
            items.push(self.value(depth + 1, false)?);
            self.skip_space()?;
            if !self.accept(",") && !self.rest.starts_with(']') {
                return Err(NotIon);
            }
        }
    }

    fn expression(&mut self, depth: usize) -> Result<Ion, NotIon> {
        let mut items = Vec::new();
        self.accept("(");
        loop {
            self.skip_space()?;
            if self.accept(")") {
                return Ok(Ion::List(items));
            }
            items.push(self.value(depth + 1, true)?);
        }
    }

    fn structure(&mut self, depth: usize) -> Result<Ion, NotIon> {
        let mut fields = IndexMap::new();
        self.accept("{");
        loop {
            self.skip_space()?;
            if self.accept("}") {
                return Ok(Ion::Struct(fields));
            }
            let name = self.field_name()?;
            self.skip_space()?;
            if !self.accept(":") {
                return Err(NotIon);
            }
            self.skip_space()?;
            fields.insert(name, self.value(depth + 1, false)?);
            self.skip_space()?;
            if !self.accept(",") && !self.rest.starts_with('}') {
                return Err(NotIon);
            }
        }
    }

    fn field_name(&mut self) -> Result<String, NotIon> {
        match self.rest.as_bytes() {
            [b'"', ..] => self.short_text('"'),
            [b'\'', b'\'', b'\'', ..] => self.long_text(),
            [b'\'', ..] => self.short_text('\''),
            [first, ..] if is_name_start(*first) => match self.take_while(is_name) {
                "null" | "true" | "false" | "nan" => Err(NotIon),
                name => Ok(name.to_owned()),
            },
            _ => Err(NotIon),
        }
    }

    /// A string or symbol between one pair of quotes, on one line.
    fn short_text(&mut self, quote: char) -> Result<String, NotIon> {
        let mut text = String::new();
        self.rest = &self.rest[1..];
        loop {
            match self.next_char()? {
                next if next == quote => return Ok(text),
                '\\' => self.escape(&mut text)?,
                '\n' | '\r' => return Err(NotIon),
                next => text.push(next),
            }
        }
    }

    /// Strings between three quotes; neighbours are one string.
    fn long_text(&mut self) -> Result<String, NotIon> {
        let mut text = String::new();
        while self.accept("'''") {
            while !self.accept("'''") {
                match self.next_char()? {
                    '\\' => self.escape(&mut text)?,
                    '\r' => {
                        self.accept("\n");
                        text.push('\n');
                    }
                    next => text.push(next),
                }
            }
            self.skip_space()?;
        }
        Ok(text)
    }

    fn escape(&mut self, text: &mut String) -> Result<(), NotIon> {
        let escaped = match self.next_char()? {
            '\n' => return Ok(()),
            '\r' => {
                self.accept("\n");
                return Ok(());
            }
            '0' => '\0',
            'a' => '\u{7}',
            'b' => '\u{8}',
            't' => '\t',
            'n' => '\n',
            'f' => '\u{c}',
            'r' => '\r',
            'v' => '\u{b}',
            same @ ('"' | '\'' | '\\' | '/' | '?') => same,
            'x' => self.code_point(2)?,
            'u' => self.code_point(4)?,
            'U' => self.code_point(8)?,
            _ => return Err(NotIon),
        };
        text.push(escaped);
        Ok(())
    }

    /// A character by its hexadecimal number; JSON writes those beyond U+FFFF as two.
    fn code_point(&mut self, digits: usize) -> Result<char, NotIon> {
        let first = self.hexadecimal(digits)?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first).ok_or(NotIon);
        }
        let second = if self.accept("\\u") { self.hexadecimal(4)? } else { 0 };
        if !(0xdc00..0xe000).contains(&second) {
            return Err(NotIon);
        }
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)).ok_or(NotIon)
    }

    fn hexadecimal(&mut self, digits: usize) -> Result<u32, NotIon> {
        let spelling = self.rest.get(..digits).ok_or(NotIon)?;
        self.rest = &self.rest[digits..];
        let hexadecimal = spelling.bytes().all(|byte| byte.is_ascii_hexdigit());
        if hexadecimal { u32::from_str_radix(spelling, 16).map_err(|_| NotIon) } else { Err(NotIon) }
    }

    fn refuse_annotation(&mut self) -> Result<(), NotIon> {
        let after = self.rest;
        self.skip_space()?;
        if self.rest.starts_with("::") {
            return Err(NotIon);
        }
        self.rest = after;
        Ok(())
    }

    fn skip_space(&mut self) -> Result<(), NotIon> {
        loop {
            self.rest = self.rest.trim_start_matches(|next: char| next.is_ascii() && is_space(next as u8));
            if self.rest.starts_with("//") {
                self.rest = self.rest.find(['\n', '\r']).map_or("", |end| &self.rest[end..]);
            } else if let Some(comment) = self.rest.strip_prefix("/*") {
                let end = comment.find("*/").ok_or(NotIon)?;
                self.rest = &comment[end + 2..];
            } else {
                return Ok(());
            }
        }
    }

    fn accept(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn take_while(&mut self, wanted: fn(u8) -> bool) -> &'text str {
        let end = self.rest.bytes().position(|byte| !wanted(byte)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn next_char(&mut self) -> Result<char, NotIon> {
        let mut characters = self.rest.chars();
        let next = characters.next().ok_or(NotIon)?;
        self.rest = characters.as_str();
        Ok(next)
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0b' | b'\x0c')
}

fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$')
}

fn is_name(byte: u8) -> bool {
    is_name_start(byte) || byte.is_ascii_digit()
}

fn is_operator(byte: u8) -> bool {
    b"!#%&*+-./;<=>?@^`|~".contains(&byte)
}
