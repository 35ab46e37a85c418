//! The tree a document becomes: typed values in source order, each with its place.

use std::borrow::Cow;

use bigdecimal::num_bigint::BigInt;
use indexmap::IndexMap;

use super::Span;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The typed value.
    pub value: Value,
    /// Its place; for a block collection, from its first to its last item.
    pub span: Span,
}

/// What Kestra sees at a place of the document.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `~`, `null`; not an absent value, which is the empty string.
    Null,
    /// `true`, `yes`, `on` and their opposites.
    Bool(bool),
    /// Any size: decimal, octal `010`, hexadecimal `0x1F`, binary `0b11`.
    Int(BigInt),
    /// A number with a point or an exponent.
    Float(Float),
    /// Everything else, quoted or not.
    String(String),
    /// A list.
    Sequence(Vec<Node>),
    /// A map.
    Mapping(Mapping),
}

/// A number with a point or an exponent.
#[derive(Debug, Clone, PartialEq)]
pub struct Float {
    /// The spelling in the source.
    pub text: String,
    /// What Kestra computes with; infinite when the spelling exceeds a double.
    pub value: f64,
}

/// The entries of a map by key, in source order.
pub type Mapping = IndexMap<String, Entry>;

/// The value of a key and the place of the key itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Where the key stands.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// The value of `key`, when this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value of `key` with the place of the key, when this is a map that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.as_mapping()?.get(key)
    }

    /// The text, when this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, when this is a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The number, when this is an integer of any size.
    pub fn as_int(&self) -> Option<&BigInt> {
        match &self.value {
            Value::Int(value) => Some(value),
            _ => None,
        }
    }

    /// The items, when this is a list.
    pub fn as_sequence(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// The entries, when this is a map.
    pub fn as_mapping(&self) -> Option<&Mapping> {
        match &self.value {
            Value::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// Whether this is `null`; an absent value (`key:`) is not.
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// What Kestra makes of a scalar where it wants text: `007` is `7`, `yes` is `true`, `1e3` is `1000.0`.
    /// `None` for null, lists and maps.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match &self.value {
            Value::String(text) => Some(Cow::Borrowed(text)),
            Value::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
            Value::Int(value) => Some(Cow::Owned(value.to_string())),
            Value::Float(float) => Some(Cow::Owned(double_text(float.value))),
            Value::Null | Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }

    /// The node at an RFC 6901 pointer such as `/tasks/0/type`; the empty pointer is this node.
    pub fn at(&self, pointer: &str) -> Option<&Node> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |node, step| {
            let step = step.replace("~1", "/").replace("~0", "~");
            match &node.value {
                Value::Mapping(entries) => entries.get(&step).map(|entry| &entry.value),
                Value::Sequence(items) => items.get(step.parse::<usize>().ok()?),
                _ => None,
            }
        })
    }

    /// Where the value at an RFC 6901 pointer stands.
    pub fn locate(&self, pointer: &str) -> Option<Span> {
        self.at(pointer).map(|node| node.span)
    }
}

/// A double as Java spells it, because Kestra's strings are made by Java: `1000.0`, `1.0E10`.
fn double_text(value: f64) -> String {
    let magnitude = value.abs();
    if value.is_infinite() {
        return if value > 0.0 { "Infinity".to_owned() } else { "-Infinity".to_owned() };
    }
    if magnitude == 0.0 || (1e-3..1e7).contains(&magnitude) {
        return format!("{value:?}");
    }
    let scientific = format!("{value:E}");
    match scientific.split_once('E') {
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
        _ => scientific,
    }
}
