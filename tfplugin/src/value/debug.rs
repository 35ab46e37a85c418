//! A `Debug` form that is safe in panics and logs: any text may be a secret, so only its length is shown.

use std::fmt;

use super::{Refinement, Value};

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("Null"),
            Self::Unknown(refinement) if *refinement == Refinement::default() => f.write_str("Unknown"),
            Self::Unknown(refinement) => f.debug_tuple("Unknown").field(refinement).finish(),
            Self::Bool(flag) => write!(f, "Bool({flag})"),
            Self::Number(number) => number.fmt(f),
            Self::String(text) => write!(f, "String({} bytes)", text.len()),
            Self::List(elements) => f.debug_tuple("List").field(elements).finish(),
            Self::Set(elements) => f.debug_tuple("Set").field(elements).finish(),
            Self::Map(elements) => f.debug_tuple("Map").field(elements).finish(),
            Self::Dynamic(ty, value) => write!(f, "Dynamic({ty}, {value:?})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Type;

    #[test]
    fn text_is_not_shown() {
        let secret = Value::from("hunter2");
        let cases = [
            (secret.clone(), "String(7 bytes)"),
            (Value::List(vec![secret.clone(), Value::Null]), "List([String(7 bytes), Null])"),
            (
                Value::Map([("password".to_owned(), secret.clone())].into()),
                r#"Map({"password": String(7 bytes)})"#,
            ),
            (Value::Dynamic(Type::String, Box::new(secret)), "Dynamic(string, String(7 bytes))"),
            (Value::Set(vec![Value::from(5), Value::from(true)]), "Set([Number(5), Bool(true)])"),
            (Value::unknown(), "Unknown"),
        ];
        for (value, expected) in cases {
            assert_eq!(format!("{value:?}"), expected);
        }
        let refinement = Refinement { prefix: Some("hunter".into()), ..Refinement::default() };
        assert!(!format!("{:?}", Value::Unknown(refinement)).contains("hunter"));
    }
}
