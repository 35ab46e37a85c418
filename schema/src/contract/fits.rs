//! Whether a value can be given for an input: whether the called flow would start with it, and with this very value.
//! Kestra asks more of a value when a flow starts than when it saves a default.

use serde_json::Value as Json;

use super::Parameter;
use crate::flow::rules::input_values::{mistake_of, unchosen};
use crate::flow::{Path, Place, is_expression};
use crate::yaml::{Node, Value};

/// What keeps `value` from being one for the input. Expressions are taken: nobody knows their results.
pub(super) fn mistake(input: &Parameter, value: &Node) -> Option<String> {
    let declared = Place { node: &input.declaration, path: Path::default() };
    let text = value.text();
    if text.as_ref().is_some_and(|text| is_expression(text)) {
        return None;
    }
    let item = declared.text("itemType").unwrap_or_default();
    match (input.kind.as_str(), text.as_deref()) {
        ("ARRAY", _) => items(value, |one| mistake_of(&item, &declared, one)),
        ("MULTISELECT", _) => {
            items(value, |one| mistake_of(&item, &declared, one).or_else(|| chosen(&declared, one)))
        }
        ("SELECT" | "ENUM", _) => chosen(&declared, value),
        ("JSON", _) => json(&declared, value),
        ("BOOL" | "BOOLEAN", text) if !text.is_some_and(is_bool) => {
            Some("Kestra takes everything for false that is not `true`".to_owned())
        }
        ("URI" | "FILE", Some(text)) if !text.contains(':') => Some(format!("`{text}` is no URI")),
        (kind, _) => mistake_of(kind, &declared, value),
    }
}

fn is_bool(text: &str) -> bool {
    ["true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The values to choose from are texts.
fn chosen(declared: &Place<'_>, value: &Node) -> Option<String> {
    let text = value.text().map_or_else(|| value.to_json().to_string(), |text| text.into_owned());
    unchosen(declared, &text).filter(|_| !is_expression(&text))
}

/// Kestra reads a list from a text that is JSON, too.
fn items(value: &Node, mistake: impl Fn(&Node) -> Option<String>) -> Option<String> {
    match &value.value {
        Value::Sequence(items) => items.iter().find_map(mistake),
        Value::String(text) => match crate::yaml::parse(text) {
            Ok(list) if is_json_list(text) => list.as_sequence()?.iter().find_map(mistake),
            _ => Some(format!("`{text}` is not a list")),
        },
        _ => Some("it is not a list".to_owned()),
    }
}

fn is_json_list(text: &str) -> bool {
    serde_json::from_str::<Vec<Json>>(text).is_ok()
}

/// A text is read as JSON, and what comes out has to be what the input's schema describes. The first mistake is enough.
fn json(declared: &Place<'_>, value: &Node) -> Option<String> {
    let value = match &value.value {
        Value::String(text) => match serde_json::from_str(text) {
            Ok(value) => value,
            Err(error) => return Some(format!("it is not JSON: {error}")),
        },
        _ => value.to_json(),
    };
    if has_expression(&value) {
        return None;
    }
    let schema: Json = serde_json::from_str(&declared.text("jsonSchema")?).ok()?;
    let mistake = jsonschema::validator_for(&schema).ok()?.validate(&value).err()?;
    Some(mistake.to_string())
}

fn has_expression(value: &Json) -> bool {
    match value {
        Json::String(text) => is_expression(text),
        Json::Array(items) => items.iter().any(has_expression),
        Json::Object(entries) => entries.values().any(has_expression),
        _ => false,
    }
}
