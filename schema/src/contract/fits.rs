//! Whether a value can be given for an input: whether the called flow would start with it, and with this very value.

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use super::Parameter;
use crate::duration::Duration;
use crate::flow::is_expression;
use crate::yaml::{Node, Value};

/// Whether `value` is one for the input. Of expressions nobody knows, so they are.
pub(super) fn fits(input: &Parameter, value: &Node) -> bool {
    match input.kind.as_str() {
        "ARRAY" => list(value, |item| is_of(&input.item, item)),
        "MULTISELECT" => list(value, |item| is_of(&input.item, item) && is_chosen(input, item)),
        "SELECT" | "ENUM" => is_chosen(input, value),
        kind => is_of(kind, value),
    }
}

/// Kestra reads a list from a text that is JSON, too.
fn list(value: &Node, fits: impl Fn(&Node) -> bool) -> bool {
    match &value.value {
        Value::Sequence(items) => items.iter().all(fits),
        Value::String(text) => is_expression(text) || json(text).is_some_and(|json| json.is_array()),
        _ => false,
    }
}

/// Whether a value is among those to choose from; without a list of them, any is.
fn is_chosen(input: &Parameter, value: &Node) -> bool {
    let chosen = |text: &str| is_expression(text) || input.values.iter().any(|value| value == text);
    input.values.is_empty() || value.text().is_some_and(|text| chosen(&text))
}

/// Whether a value is of a type of which Kestra reads it from its text.
fn is_of(kind: &str, value: &Node) -> bool {
    let Some(text) = value.text() else {
        // Kestra takes lists and maps for texts in their own way.
        return !READ_FROM_TEXT.iter().any(|(name, _)| *name == kind);
    };
    let reads = READ_FROM_TEXT.iter().find(|(name, _)| *name == kind).map(|(_, reads)| reads);
    is_expression(&text) || reads.is_none_or(|reads| reads(&text))
}

type Reads = fn(&str) -> bool;

/// Types with texts that are none of theirs.
const READ_FROM_TEXT: &[(&str, Reads)] = &[
    ("INT", |text| text.parse::<i32>().is_ok()),
    ("FLOAT", |text| text.trim().parse::<f64>().is_ok()),
    // Kestra takes every other text for `false`.
    ("BOOL", is_bool),
    ("BOOLEAN", is_bool),
    ("DATE", |text| text.parse::<Date>().is_ok()),
    ("TIME", |text| text.parse::<Time>().is_ok()),
    ("DATETIME", |text| text.parse::<Timestamp>().is_ok()),
    ("DURATION", |text| text.parse::<Duration>().is_ok()),
];

fn is_bool(text: &str) -> bool {
    ["true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn json(text: &str) -> Option<serde_json::Value> {
    serde_json::from_str(text).ok()
}
