//! Equality of key-value values by type and meaning, so that a spelling Kestra normalises is no change.

use bigdecimal::BigDecimal;
use bigdecimal::num_bigint::BigInt;

use super::KvType;
use super::ion::{self, Ion};
use crate::duration::Duration;

/// Whether `a` and `b` are the same value of type `kv_type`: numbers by value, durations by length, times by
/// instant, JSON by content with the order of keys ignored, everything else by text. What cannot be read as
/// its type equals only itself.
pub fn same(kv_type: KvType, a: &str, b: &str) -> bool {
    a == b
        || match kv_type {
            KvType::String => false,
            KvType::Boolean | KvType::Date | KvType::DateTime | KvType::Number => scalar(a, b),
            KvType::Duration => equal(a.parse::<Duration>().ok(), b.parse().ok()),
            KvType::Json => content(a, b),
        }
}

fn equal<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.is_some() && a == b
}

fn scalar(a: &str, b: &str) -> bool {
    let read = |text: &str| match ion::only(text) {
        // A string or a list is no scalar of these types; such texts equal only themselves.
        Ok(Ion::Text(_) | Ion::List(_) | Ion::Struct(_) | Ion::Null) | Err(ion::NotIon) => None,
        Ok(value) => Some(value),
    };
    matches!((read(a), read(b)), (Some(a), Some(b)) if alike(&a, &b))
}

fn content(a: &str, b: &str) -> bool {
    matches!((ion::only(a), ion::only(b)), (Ok(a), Ok(b)) if alike(&a, &b))
}

fn alike(a: &Ion, b: &Ion) -> bool {
    match (a, b) {
        (Ion::List(a), Ion::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b)),
        (Ion::Struct(a), Ion::Struct(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| alike(a, b)))
        }
        (Ion::Timestamp(a), Ion::Timestamp(b)) => equal(a.instant(), b.instant()),
        _ => match (number(a), number(b)) {
            (Some(a), Some(b)) => a == b,
            _ => a == b || both_nan(a, b),
        },
    }
}

fn both_nan(a: &Ion, b: &Ion) -> bool {
    matches!((a, b), (Ion::Float(a, _), Ion::Float(b, _)) if a.is_nan() && b.is_nan())
}

/// The exact value as digits and scale without trailing zeros; unlike an aligned comparison this costs
/// nothing for `1e999999999`.
fn number(value: &Ion) -> Option<(BigInt, i64)> {
    let exact = match value {
        Ion::Int(value) => BigDecimal::from(value.clone()),
        Ion::Decimal(value) | Ion::Float(_, Some(value)) => value.clone(),
        _ => return None,
    };
    Some(exact.normalized().into_bigint_and_exponent())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meaning_not_spelling() {
        use KvType::{Boolean, Date, DateTime, Duration, Json, Number, String};
        for (kv_type, a, b, expected) in [
            (Number, "1000000", "1e6", true),
            (Number, "1.0", "1", true),
            (Number, "0x1F", "31", true),
            (Number, "-0", "0", true),
            (Number, "12345678901234567890.1", "12345678901234567890.2", false),
            (Number, "9007199254740993", "9007199254740992", false),
            (Number, "1e999999999", "1e999999999.0", false),
            (Number, "1e999999999", "10e999999998", true),
            (Number, "nan", "nan ", true),
            (Number, "1", "one", false),
            (Duration, "PT72H", "P3D", true),
            (Duration, "PT1H", "PT61M", false),
            (Duration, "soon", "later", false),
            (DateTime, "2021-09-01T01:02:03Z", "2021-09-01T01:02:03.000Z", true),
            (DateTime, "2021-09-01T03:02:03+02:00", "2021-09-01T01:02:03Z", true),
            (DateTime, "2021-09-01T01:02:03Z", "2021-09-01T01:02:04Z", false),
            (Date, "2021-09-01", "2021-09-01T", true),
            (Date, "2021-09-01", "2021-09-02", false),
            (Boolean, "true", " true", true),
            (Boolean, "true", "false", false),
            (Boolean, "TRUE", "true", false),
            (Json, r#"{"a":1,"b":[1,2.0]}"#, r#"{ "b": [1, 2], "a": 1e0 }"#, true),
            (Json, r#"{"a":1}"#, r#"{"a":1,"b":2}"#, false),
            (Json, "[1,2]", "[2,1]", false),
            (Json, "[12345678901234567891]", "[12345678901234567890]", false),
            (Json, r#"["\ud83d\ude80\/"]"#, "[\"🚀/\"]", true),
            (Json, r#"{"a":null}"#, "{}", false),
            (Json, "[1", "[1 ", false),
            (Json, "[1", "[1", true),
            (String, "1", "1.0", false),
            (String, "PT1H", "PT60M", false),
            (String, "a", "a", true),
        ] {
            assert_eq!(same(kv_type, a, b), expected, "{kv_type}: {a} / {b}");
            assert_eq!(same(kv_type, b, a), expected, "{kv_type}: {b} / {a}");
        }
    }
}
