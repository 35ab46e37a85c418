//! A tree as JSON, for everything behind the parser that has no use for positions.

use serde_json::{Map, Number, Value as Json};

use super::{Node, Value};

impl Node {
    /// The value as JSON with its keys in source order.
    ///
    /// Integers beyond 64 bits become the nearest double, those beyond every double a string of their digits, and
    /// doubles that overflowed the string `Infinity`, which is how Kestra's API spells them. Compare trees where
    /// exactness matters.
    pub fn to_json(&self) -> Json {
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Int(value) => integer(&value.to_string()),
            Value::Float(float) => double(float.value),
            Value::String(text) => Json::String(text.clone()),
            Value::Sequence(items) => Json::Array(items.iter().map(Node::to_json).collect()),
            Value::Mapping(entries) => Json::Object(
                entries
                    .iter()
                    .map(|(key, entry)| (key.clone(), entry.value.to_json()))
                    .collect::<Map<_, _>>(),
            ),
        }
    }
}

fn integer(digits: &str) -> Json {
    if let Ok(value) = digits.parse::<i64>() {
        Json::from(value)
    } else if let Ok(value) = digits.parse::<u64>() {
        Json::from(value)
    } else {
        match digits.parse().ok().and_then(Number::from_f64) {
            Some(number) => Json::Number(number),
            None => Json::from(digits),
        }
    }
}

fn double(value: f64) -> Json {
    match Number::from_f64(value) {
        Some(number) => Json::Number(number),
        None => Json::from(if value < 0.0 { "-Infinity" } else { "Infinity" }),
    }
}
