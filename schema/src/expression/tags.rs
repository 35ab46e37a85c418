//! Reads a whole text: what is between the delimiters, comments, verbatim parts, and tags with what they open
//! and close. Kestra takes all tags out of Pebble that need other templates.

use std::sync::LazyLock;

use regex::Regex;

use super::malformed::{Malformed, Mistake};
use super::parser::{Parser, Read};
use super::template::{Kind, Template};
use super::token::{Sort, tokens};
use crate::line::KestraLine;

static RAW: LazyLock<Regex> = LazyLock::new(|| at_start(&raw_pattern()));
static RAW_START: LazyLock<Regex> = LazyLock::new(|| at_start(&tag_pattern("raw", "*")));
static VERBATIM: LazyLock<Regex> = LazyLock::new(|| at_start(&tag_pattern("verbatim", "?")));
static VERBATIM_END: LazyLock<Regex> = LazyLock::new(|| pattern(&tag_pattern("endverbatim", "?")));

/// What Kestra leaves alone before Pebble sees the text. The pattern finds nothing over several lines.
pub(super) fn raw_pattern() -> String {
    let anything = r"[^\n\r\x{85}\x{2028}\x{2029}]*?";
    format!("{}{anything}{}", tag_pattern("raw", "*"), tag_pattern("endraw", "*"))
}

/// The tag `name`, which as many dashes may trim as `dashes` says.
fn tag_pattern(name: &str, dashes: &str) -> String {
    let white = r"[ \t\n\x0B\f\r]*";
    format!(r"\{{%-{dashes}{white}{name}{white}-{dashes}%\}}")
}

fn at_start(text: &str) -> Regex {
    pattern(&format!(r"\A{text}"))
}

pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the patterns of this file compile: every test uses them")
}

/// A tag that holds a part of the text.
struct Tag {
    name: &'static str,
    closing: &'static str,
    /// Tags that divide what it holds; `else` is the last of them.
    dividers: &'static [&'static str],
}

const TAGS: [Tag; 5] = [
    Tag { name: "if", closing: "{% endif %}", dividers: &["elseif", "else"] },
    Tag { name: "for", closing: "{% endfor %}", dividers: &["else"] },
    Tag { name: "macro", closing: "{% endmacro %}", dividers: &[] },
    Tag { name: "block", closing: "{% endblock %}", dividers: &[] },
    Tag { name: "filter", closing: "{% endfilter %}", dividers: &[] },
];

impl Tag {
    fn is_closed_by(&self, name: &str) -> bool {
        self.closing.trim_matches(['{', '%', ' ', '}']) == name
    }
}

/// A tag whose end has not come yet.
struct Open {
    tag: &'static Tag,
    at: usize,
    had_else: bool,
}

/// Reads all of `text`.
pub(super) fn template(text: &str, line: KestraLine) -> Read<Template> {
    let mut reader = Reader { text, line, at: 0, open: Vec::new(), template: Template::default() };
    while let Some(opened) = reader.delimiter() {
        match &text[opened..opened + 2] {
            "{#" => reader.comment(opened)?,
            "{{" => reader.print(opened)?,
            _ => reader.tag(opened)?,
        }
    }
    match reader.open.pop() {
        Some(Open { tag, at, .. }) => Err(unclosed(&format!("{{% {} %}}", tag.name), tag.closing, at)),
        None => Ok(reader.template),
    }
}

fn unclosed(opened: &str, closing: &'static str, at: usize) -> Malformed {
    Malformed { mistake: Mistake::Unclosed { opened: opened.to_owned(), closing }, range: at..at + 2 }
}

struct Reader<'text> {
    text: &'text str,
    line: KestraLine,
    at: usize,
    open: Vec<Open>,
    template: Template,
}

impl<'text> Reader<'text> {
    /// Where the next delimiter opens.
    fn delimiter(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let opens = |at: &usize| bytes[*at] == b'{' && matches!(bytes.get(at + 1), Some(b'{' | b'%' | b'#'));
        (self.at..bytes.len()).find(opens)
    }

    fn comment(&mut self, opened: usize) -> Read<()> {
        let rest = &self.text[opened + 2..];
        self.at = match rest.find("#}") {
            Some(length) => opened + 2 + length + 2,
            // Pebble stops looking at the end of the text.
            None if rest.is_empty() => self.text.len(),
            None => return Err(unclosed("{#", "#}", opened)),
        };
        Ok(())
    }

    fn print(&mut self, opened: usize) -> Read<()> {
        self.delimited(opened, "}}", |_, parser| {
            parser.expression()?;
            parser.finish()
        })
    }

    fn tag(&mut self, opened: usize) -> Read<()> {
        let rest = &self.text[opened..];
        if let Some(raw) = RAW.find(rest) {
            self.at = opened + raw.end();
            return Ok(());
        }
        if let Some(raw) = RAW_START.find(rest) {
            return Err(Malformed { mistake: Mistake::RawOverLines, range: opened..opened + raw.end() });
        }
        if let Some(start) = VERBATIM.find(rest) {
            let end = VERBATIM_END.find(&rest[start.end()..]);
            let end = end.ok_or_else(|| unclosed("{% verbatim %}", "{% endverbatim %}", opened))?;
            self.at = opened + start.end() + end.end();
            return Ok(());
        }
        self.delimited(opened, "%}", |reader, parser| reader.named_tag(opened, parser))
    }

    /// Reads what is between two delimiters.
    fn delimited(
        &mut self,
        opened: usize,
        end: &'static str,
        read: impl FnOnce(&mut Self, &mut Parser<'_>) -> Read<()>,
    ) -> Read<()> {
        let tokens = tokens(self.text, opened, end)?;
        self.at = tokens.last().map_or(self.text.len(), |token| token.range.end);
        let mut nodes = std::mem::take(&mut self.template.nodes);
        let read = read(self, &mut Parser::new(self.text, self.line, &tokens, &mut nodes));
        self.template.nodes = nodes;
        read
    }

    fn named_tag(&mut self, opened: usize, parser: &mut Parser<'_>) -> Read<()> {
        let name = parser.name("a tag such as `if`")?;
        if let Some(tag) = TAGS.iter().find(|tag| tag.name == name.text) {
            self.head(tag, parser)?;
            self.open.push(Open { tag, at: opened, had_else: false });
            return parser.finish();
        }
        let innermost = self.open.last_mut();
        match (name.text.as_str(), innermost) {
            ("set", _) => self.assignment(parser)?,
            (divider, Some(open)) if !open.had_else && open.tag.dividers.contains(&divider) => {
                open.had_else = divider == "else";
                if divider == "elseif" {
                    parser.expression()?;
                }
            }
            (end, Some(open)) if open.tag.is_closed_by(end) => {
                if open.tag.name == "block" {
                    let _ = parser.take_sort(Sort::Name) || parser.take_sort(Sort::Text);
                }
                self.open.pop();
            }
            _ => return Err(Malformed { mistake: Mistake::Tag { name: name.text }, range: name.range }),
        }
        parser.finish()
    }

    /// What stands behind the name of an opening tag.
    fn head(&mut self, tag: &Tag, parser: &mut Parser<'_>) -> Read<()> {
        match tag.name {
            "if" => parser.expression().map(drop),
            "for" => self.loop_head(parser),
            "macro" => self.macro_head(parser),
            "filter" => filters(parser),
            _ if parser.take_sort(Sort::Text) => Ok(()),
            _ => parser.name("the name of the block").map(drop),
        }
    }

    fn loop_head(&mut self, parser: &mut Parser<'_>) -> Read<()> {
        let item = parser.name("the name of the item")?;
        self.template.variables.extend([item.text, "loop".to_owned()]);
        let wanted = "`in`";
        match parser.name(wanted)?.text.as_str() {
            "in" => parser.expression().map(drop),
            _ => Err(parser.previous_unexpected(wanted)),
        }
    }

    fn macro_head(&mut self, parser: &mut Parser<'_>) -> Read<()> {
        let name = parser.name("the name of the macro")?;
        self.template.macros.insert(name.text);
        parser.expect("(")?;
        let mut first = true;
        while !parser.closes(")", first)? {
            first = false;
            let parameter = parser.name("the name of a parameter")?;
            self.template.variables.insert(parameter.text);
            if parser.take("=") {
                parser.expression()?;
            }
        }
        Ok(())
    }

    fn assignment(&mut self, parser: &mut Parser<'_>) -> Read<()> {
        let name = parser.name("the name of the variable")?;
        self.template.variables.insert(name.text);
        parser.expect("=")?;
        parser.expression().map(drop)
    }
}

/// `upper | join(', ')`, applied to the text that the tag holds.
fn filters(parser: &mut Parser<'_>) -> Read<()> {
    let (first, start) = parser.begin();
    let mut value = parser.add(Kind::Text(String::new()), first, start);
    loop {
        value = parser.filter(value)?;
        if !parser.take_operator("|") {
            return Ok(());
        }
    }
}
