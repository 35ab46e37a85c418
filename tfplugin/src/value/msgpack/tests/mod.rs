//! The msgpack form, byte by byte, as go-cty writes and reads it.

mod limits;
mod numbers;
mod unknown;
mod values;

use super::{decode, encode};
use crate::value::Value;
use crate::value::fixture::ty;

fn number(text: &str) -> Value {
    Value::Number(text.parse().unwrap())
}

fn list(elements: &[Value]) -> Value {
    Value::List(elements.to_vec())
}

fn dynamic(type_json: &str, value: Value) -> Value {
    Value::Dynamic(ty(type_json), Box::new(value))
}

/// Bytes from hexadecimal digits; spaces are for the reader, and `'text'` stands for its bytes.
fn bytes(hex: &str) -> Vec<u8> {
    let mut parts = hex.split('\'');
    let mut bytes = Vec::new();
    while let Some(digits) = parts.next() {
        let digits: String = digits.split_whitespace().collect();
        let pairs = (0..digits.len()).step_by(2).map(|i| u8::from_str_radix(&digits[i..i + 2], 16).unwrap());
        bytes.extend(pairs);
        bytes.extend(parts.next().unwrap_or_default().bytes());
    }
    bytes
}

/// The bytes of the value, and the value of the bytes.
fn check_both(type_json: &str, value: &Value, hex: &str) {
    let ty = ty(type_json);
    assert_eq!(encode(value, &ty).unwrap(), bytes(hex), "{type_json} {value:?}");
    assert_eq!(decode(&bytes(hex), &ty).unwrap(), *value, "{type_json} {hex}");
}

fn check_read(type_json: &str, hex: &str, expected: &Value) {
    assert_eq!(decode(&bytes(hex), &ty(type_json)).unwrap(), *expected, "{type_json} {hex}");
}

fn check_refused(type_json: &str, hex: &str, expected: &str) {
    assert_eq!(decode(&bytes(hex), &ty(type_json)).unwrap_err().to_string(), expected, "{type_json} {hex}");
}
