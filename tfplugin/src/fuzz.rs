//! What must hold for any bytes that reach a provider from outside: one function per reader, which fuzzers and tests with
//! random data share. A function panics where its reader does, or where the reader breaks a promise.

use crate::private::Private;
use crate::value::{Type, Value, json, msgpack};

pub use crate::wire::fuzz::{attribute_path, client_certificate, environment};

/// Reads any bytes.
pub type Target = fn(&[u8]);

/// Every reader, by the name of its fuzz target.
pub const TARGETS: [(&str, Target); 8] = [
    ("attribute_path", attribute_path),
    ("client_certificate", client_certificate),
    ("environment", environment),
    ("json", json),
    ("msgpack", msgpack),
    ("private", private),
    ("refinement", refinement),
    ("type_json", type_json),
];

/// Reads msgpack by a type: the type in its JSON form, a zero byte, the msgpack.
pub fn msgpack(data: &[u8]) {
    if let Some((ty, data)) = typed(data) {
        msgpack_of(&ty, data);
    }
}

/// Reads msgpack by this type. What can be read can be written, and reads the same again.
pub fn msgpack_of(ty: &Type, data: &[u8]) {
    let Ok(value) = msgpack::decode(data, ty) else { return };
    is_usual(&value, ty);
    if value.conforms(ty).is_err() {
        return;
    }
    let written = msgpack::encode(&value, ty).expect("a value of the type");
    let read = msgpack::decode(&written, ty).expect("what was just written");
    assert_eq!(msgpack::encode(&read, ty), Ok(written));
}

/// Reads JSON by a type: the type in its JSON form, a zero byte, the JSON.
pub fn json(data: &[u8]) {
    let Some((ty, data)) = typed(data) else { return };
    let stored = json::decode_stored(data, &ty);
    let Ok(value) = json::decode(data, &ty) else { return };
    is_usual(&value, &ty);
    assert_eq!(stored.as_ref(), Ok(&value), "states are read with more patience, not otherwise");
    // Some numbers have no JSON form, and fractions become the nearest double once.
    if let Ok(written) = json::encode(&value, &ty) {
        let read = json::decode(&written, &ty).expect("what was just written");
        assert_eq!(json::encode(&read, &ty), Ok(written));
    }
}

/// Reads a type from its JSON form.
pub fn type_json(data: &[u8]) {
    if let Ok(ty) = Type::parse_json(data) {
        assert_eq!(Type::parse_json(ty.to_json().as_bytes()).as_ref(), Ok(&ty));
        assert!(ty.to_string().contains(['s', 'n', 'b', 'd', 'l', 'm', 't', 'o']));
    }
}

/// Reads what is said about an unknown value of a type: the type in its JSON form, a zero byte, the extension's body.
pub fn refinement(data: &[u8]) {
    let Some((ty, body)) = typed(data) else { return };
    let Ok(size) = u16::try_from(body.len()) else { return };
    let extension = [&[0xc8], &size.to_be_bytes()[..], &[12], body].concat();
    msgpack_of(&ty, &extension);
}

/// Reads what a provider remembered about an object.
pub fn private(data: &[u8]) {
    let private = Private::decode(data);
    assert_eq!(Private::decode(&private.encode()), private);
}

/// The type before the first zero byte, which is no part of any JSON, and what comes after.
fn typed(data: &[u8]) -> Option<(Type, &[u8])> {
    let end = data.iter().position(|byte| *byte == 0)?;
    Some((Type::parse_json(&data[..end]).ok()?, &data[end + 1..]))
}

/// A value that was read is one of its type; only elements of dynamic types may disagree with each other.
fn is_usual(value: &Value, ty: &Type) {
    let conforms = value.conforms(ty);
    assert!(conforms.is_ok() || ty.has_dynamic(), "{conforms:?}");
    assert_eq!(value.cmp(value), std::cmp::Ordering::Equal);
    assert!(!format!("{value:?}").is_empty());
}
