//! How a text becomes a value of a type, and what Kestra says when it does not.

use jiff::{Timestamp, civil};
use serde_json::Value as Json;

use crate::duration::Duration;
use crate::flow::Place;
use crate::flow::rules::input_values::{mistake_of, unchosen};
use crate::yaml::{self, Node, Position, Span, Value};

/// The type whose values are never shown.
pub(super) const SECRET: &str = "SECRET";

/// Why a text is refused. Kestra names the input only with the first kind.
pub(super) enum Unreadable {
    /// Not what the input takes.
    Value(String),
    /// Not readable at all.
    Text(String),
}

/// The value of `text` for an input, which then has to keep to the limits of the input.
pub(super) fn read(input: &Place<'_>, text: &str) -> Result<Json, Unreadable> {
    let kind = input.text("type").unwrap_or_default();
    let value = match &*kind {
        "ARRAY" | "MULTISELECT" => list(input, text)?,
        kind => scalar(kind, text)?,
    };
    let mistake = match (&*kind, &value) {
        ("MULTISELECT", Json::Array(items)) => items.iter().find_map(|item| unchosen(input, &plain(item))),
        ("ARRAY", _) => None,
        (kind, _) => mistake_of(kind, input, &node(text)),
    };
    mistake.map_or(Ok(value), |words| Err(Unreadable::Value(words)))
}

/// A list as JSON, each item by the type of items.
fn list(input: &Place<'_>, text: &str) -> Result<Json, Unreadable> {
    let items: Vec<Json> = serde_json::from_str(text).map_err(|error| Unreadable::Text(error.to_string()))?;
    let Some(kind) = input.text("itemType") else { return Ok(items.into()) };
    let item = |item: &Json| {
        let text = plain(item);
        let unlike = |_| Unreadable::Value(format!("Unable to parse array element as `{kind}` on `{text}`"));
        let value = scalar(&kind, &text).map_err(unlike)?;
        mistake_of(&kind, input, &node(&text)).map_or(Ok(value), |words| Err(Unreadable::Value(words)))
    };
    items.iter().map(item).collect()
}

fn scalar(kind: &str, text: &str) -> Result<Json, Unreadable> {
    match kind {
        "INT" => text.parse::<i32>().map(Json::from).map_err(|_| no_number(text)),
        "FLOAT" => float(text),
        "BOOL" | "BOOLEAN" => Ok(text.eq_ignore_ascii_case("true").into()),
        "DATETIME" => parsed::<Timestamp>(text).map(|instant| instant.to_string().into()),
        "DATE" => parsed::<civil::Date>(text).map(|date| date.to_string().into()),
        "TIME" => parsed::<civil::Time>(text).map(|_| text.into()),
        "DURATION" => {
            let duration = text.parse::<Duration>();
            let unlike = |_| Unreadable::Text("Text cannot be parsed to a Duration".to_owned());
            duration.map(|duration| duration.to_string().into()).map_err(unlike)
        }
        "JSON" => serde_json::from_str(text).map_err(|error| Unreadable::Text(error.to_string())),
        "YAML" => {
            yaml::parse(text).map(|node| node.to_json()).map_err(|error| Unreadable::Text(error.to_string()))
        }
        "URI" if !text.contains("://") => {
            Err(Unreadable::Value(format!("Expected `URI` but received `{text}`")))
        }
        SECRET => {
            let words = "Unable to use a `SECRET` input/output as encryption is not configured";
            Err(Unreadable::Text(words.to_owned()))
        }
        _ => Ok(text.into()),
    }
}

/// A number of single precision, as Java prints it; what JSON has no number for is a text.
fn float(text: &str) -> Result<Json, Unreadable> {
    let number =
        text.trim().trim_end_matches(['f', 'F', 'd', 'D']).parse::<f32>().map_err(|_| no_number(text))?;
    let shortest = format!("{number:?}");
    Ok(shortest
        .parse::<f64>()
        .ok()
        .and_then(serde_json::Number::from_f64)
        .map_or(shortest.into(), Json::Number))
}

fn no_number(text: &str) -> Unreadable {
    Unreadable::Value(format!("For input string: \"{text}\""))
}

fn parsed<T: std::str::FromStr>(text: &str) -> Result<T, Unreadable> {
    text.parse().map_err(|_| Unreadable::Text(format!("Text '{text}' could not be parsed")))
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A text as the rules of inputs take it.
fn node(text: &str) -> Node {
    Node {
        value: Value::String(text.to_owned()),
        span: Span { start: Position::START, end: Position::START },
    }
}
