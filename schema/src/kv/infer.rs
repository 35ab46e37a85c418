//! The type Kestra gives a body that is put into the key-value store, and the value it reads back.

use std::sync::LazyLock;

use bigdecimal::{BigDecimal, ToPrimitive};
use regex::Regex;
use serde_json::{Map, Number, Value as JsonValue};

use super::KvType;
use super::ion::{self, Ion};
use crate::duration::Duration;

/// The strings Kestra takes for durations; a subset of those it can read.
static DURATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^P(?:[0-9]*D)?(?:T(?:[0-9]*H)?(?:[0-9]*M)?(?:[0-9]*S)?)?$")
        .expect("the pattern compiles: every test uses it")
});

/// The type of `body` and what a GET answers as its value; null stands for no value at all.
///
/// Kestra reads the body as ION and keeps the first value, so `hello world` is the string `hello`; a body that
/// is no ION is a string as it stands. So are here the few bodies on which Kestra fails (annotations, dates
/// that do not exist), and binary values.
pub fn infer(body: &str) -> (KvType, JsonValue) {
    match ion::first(body) {
        Ok((value, _)) => typed(value),
        Err(ion::NotIon) => (KvType::String, JsonValue::String(body.to_owned())),
    }
}

fn typed(value: Ion) -> (KvType, JsonValue) {
    let kv_type = match &value {
        Ion::Null => KvType::String,
        Ion::Bool(_) => KvType::Boolean,
        Ion::Int(_) | Ion::Decimal(_) | Ion::Float(..) => KvType::Number,
        Ion::Timestamp(time) if time.day().is_some() => KvType::Date,
        Ion::Timestamp(time) if time.is_utc() => KvType::DateTime,
        Ion::Text(text) => match duration(text) {
            Some(duration) => return (KvType::Duration, JsonValue::String(duration.to_string())),
            None => KvType::String,
        },
        Ion::Timestamp(_) | Ion::List(_) | Ion::Struct(_) => KvType::Json,
    };
    (kv_type, json(value))
}

fn duration(text: &str) -> Option<Duration> {
    DURATION.is_match(text).then(|| text.parse().ok())?
}

fn json(value: Ion) -> JsonValue {
    match value {
        Ion::Null => JsonValue::Null,
        Ion::Bool(value) => JsonValue::Bool(value),
        Ion::Int(value) => exact(&BigDecimal::from(value)),
        Ion::Decimal(value) => exact(&value),
        Ion::Float(value, _) => double(value),
        Ion::Timestamp(time) => {
            JsonValue::String(time.day().map_or_else(|| time.to_string(), |day| day.to_string()))
        }
        Ion::Text(text) => JsonValue::String(text),
        Ion::List(items) => JsonValue::Array(items.into_iter().map(json).collect()),
        // Kestra leaves nulls out of the objects it answers.
        Ion::Struct(fields) => JsonValue::Object(
            fields
                .into_iter()
                .filter(|(_, value)| *value != Ion::Null)
                .map(|(name, value)| (name, json(value)))
                .collect::<Map<_, _>>(),
        ),
    }
}

/// A number whose exact value is known, as the closest number JSON's library holds.
fn exact(value: &BigDecimal) -> JsonValue {
    let normalized = value.normalized();
    let (_, scale) = normalized.as_bigint_and_exponent();
    if (-20..=0).contains(&scale) {
        if let Some(value) = normalized.to_i64() {
            return JsonValue::from(value);
        }
        if let Some(value) = normalized.to_u64() {
            return JsonValue::from(value);
        }
    }
    double(normalized.to_string().parse().unwrap_or(f64::NAN))
}

/// A double; those that JSON cannot hold have names.
fn double(value: f64) -> JsonValue {
    match Number::from_f64(value) {
        Some(number) => JsonValue::Number(number),
        None if value.is_nan() => JsonValue::from("NaN"),
        None => JsonValue::from(if value < 0.0 { "-Infinity" } else { "Infinity" }),
    }
}

#[cfg(test)]
mod tests;
