//! A tree as JSON and back, for everything behind the parser that has no use for positions.

use bigdecimal::num_bigint::BigInt;
use serde_json::{Map, Number, Value as Json};

use super::{Entry, Float, Node, Position, Span, Value};

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

impl From<&Json> for Node {
    /// The tree of a JSON value; every part of it stands at the start of a text that does not exist.
    fn from(json: &Json) -> Self {
        let span = Span { start: Position::START, end: Position::START };
        let value = match json {
            Json::Null => Value::Null,
            Json::Bool(value) => Value::Bool(*value),
            Json::Number(number) => of_number(number),
            Json::String(text) => Value::String(text.clone()),
            Json::Array(items) => Value::Sequence(items.iter().map(Self::from).collect()),
            Json::Object(members) => Value::Mapping(
                members
                    .iter()
                    .map(|(key, member)| (key.clone(), Entry { key_span: span, value: Self::from(member) }))
                    .collect(),
            ),
        };
        Self { value, span }
    }
}

fn of_number(number: &Number) -> Value {
    match number.to_string().parse::<BigInt>() {
        Ok(value) => Value::Int(value),
        Err(_) => {
            Value::Float(Float { text: number.to_string(), value: number.as_f64().unwrap_or_default() })
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
