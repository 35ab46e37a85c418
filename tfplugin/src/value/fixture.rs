//! Short ways to write types and values in the tests of this module.

use super::{Type, Value};

pub(super) fn ty(json: &str) -> Type {
    Type::parse_json(json.as_bytes()).unwrap()
}

pub(crate) fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Map(entries.map(|(key, value)| (key.to_owned(), value)).into())
}
