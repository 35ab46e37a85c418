//! How a scalar is spelled: as a word where every reader of YAML takes it for the same, in quotes otherwise.
//! Texts of several lines become blocks.

use std::sync::LazyLock;

use regex::Regex;

use crate::yaml::{Node, Value, plain};

/// Characters that have a meaning at the start of a word.
const INDICATORS: &str = "-?:,[]{}#&*!|>'\"%@`";

/// Texts that Kestra reads as such and other readers of YAML 1.1 or 1.2 as truth values, numbers in base 60,
/// octal and decimal numbers, dates, or instructions; and schedules, most of which start with a star.
static TRAP: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = concat!(
        r"^(?:[yYnN]|=|<<|[-+]?0o[0-7_]+|[-+]?0[xX][0-9a-fA-F_]+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?",
        r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?",
        r"|[0-9*/,-]+(?: [0-9A-Z*/,?#-]+){4,5}",
        r"|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
    );
    Regex::new(pattern).expect("the pattern compiles: every test uses it")
});

/// A scalar in one line.
pub(super) fn inline(node: &Node, source: &str) -> String {
    match &node.value {
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => written(node, source).unwrap_or_else(|| value.to_string()),
        Value::Float(float) => written(node, source).unwrap_or_else(|| number(&float.text, float.value)),
        Value::String(text) => string(text),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) => "null".to_owned(),
    }
}

/// The number as its author wrote it: `0x1F` is often clearer than 31.
fn written(node: &Node, source: &str) -> Option<String> {
    let text = source.get(node.span.range())?;
    (plain(text).ok()? == node.value).then(|| text.to_owned())
}

/// The spelling of a double; behind a tag it may have been one that reads as an integer.
fn number(text: &str, value: f64) -> String {
    match plain(text) {
        Ok(Value::Float(float)) if float.value == value => text.to_owned(),
        _ => format!("{value:?}"),
    }
}

fn string(text: &str) -> String {
    let readable = matches!(plain(text), Ok(Value::String(_))) && !TRAP.is_match(text);
    if readable && is_word(text) { text.to_owned() } else { quoted(text) }
}

/// A key, which Kestra never gives a type.
pub(super) fn key(text: &str) -> String {
    if is_word(text) && text != "<<" { text.to_owned() } else { quoted(text) }
}

/// A scalar between brackets, where a comma ends it.
pub(super) fn in_brackets(node: &Node, source: &str) -> String {
    match &node.value {
        Value::String(text) if text.contains([',', '[', ']', '{', '}', ':']) => quoted(text),
        _ => inline(node, source),
    }
}

/// Whether `text` may stand without quotes.
fn is_word(text: &str) -> bool {
    let mut characters = text.chars();
    let Some(first) = characters.next() else { return false };
    let option = first == '-' && characters.next().is_some_and(|next| next == '-' || next.is_alphanumeric());
    let marker = text.starts_with("---") || text.starts_with("...");
    let blank = first.is_whitespace() || text.ends_with(char::is_whitespace);
    (option || !INDICATORS.contains(first))
        && !(marker || blank || text.ends_with(':') || text.contains(": ") || text.contains(" #"))
        && text.chars().all(|character| character != '\t' && is_printable(character))
}

/// Whether a character may stand for itself in a line.
fn is_printable(character: char) -> bool {
    character == '\t'
        || !(character.is_control()
            || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'))
}

/// Double quotes, as Kestra's own documentation writes; single ones around what would need escapes.
fn quoted(text: &str) -> String {
    let printable = text.chars().all(is_printable) && !text.contains('\t');
    if printable && text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{}\"", text.chars().map(escape).collect::<String>())
    }
}

fn escape(character: char) -> String {
    match character {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        _ if is_printable(character) => character.to_string(),
        _ => format!("\\u{:04X}", u32::from(character)),
    }
}

/// A text of several lines as a block.
pub(super) struct Block {
    /// `|` and what it needs.
    pub(super) header: String,
    /// The lines, not indented.
    pub(super) lines: Vec<String>,
    /// Whether empty lines behind the block would belong to it.
    pub(super) open: bool,
}

/// The block of a text, when a block can hold it.
pub(super) fn block(text: &str) -> Option<Block> {
    let body = text.trim_end_matches('\n');
    let breaks = text.len() - body.len();
    let mut lines: Vec<String> = body.split('\n').map(str::to_owned).collect();
    let blank =
        |line: Option<&String>| line.is_some_and(|line| line.chars().all(|each| each == ' ' || each == '\t'));
    let fits = text.contains('\n') && text.chars().all(|each| each == '\n' || is_printable(each));
    if !fits || blank(lines.last()) || lines.first().is_some_and(|line| !line.is_empty() && blank(Some(line)))
    {
        return None;
    }
    let indicator = if text.starts_with([' ', '\t', '\n']) { "2" } else { "" };
    lines.extend((1..breaks).map(|_| String::new()));
    let chomping = ["-", "", "+"][breaks.min(2)];
    Some(Block { header: format!("|{indicator}{chomping}"), lines, open: breaks > 1 })
}
