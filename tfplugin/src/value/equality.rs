//! Equality as hosts see it, and a total order that agrees with it, so that sets can be compared and written in order.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::Value;
use super::text::nfc;

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Value {}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The order means nothing beyond being total and in step with equality.
impl Ord for Value {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Unknown(a), Self::Unknown(b)) => a.cmp(b),
            (Self::Bool(a), Self::Bool(b)) => a.cmp(b),
            (Self::Number(a), Self::Number(b)) => a.cmp(b),
            (Self::String(a), Self::String(b)) => nfc(a).cmp(&nfc(b)),
            (Self::List(a), Self::List(b)) => a.cmp(b),
            (Self::Set(a), Self::Set(b)) => distinct(a).cmp(&distinct(b)),
            (Self::Map(a), Self::Map(b)) => normalized(a).cmp(&normalized(b)),
            (Self::Dynamic(a, x), Self::Dynamic(b, y)) => a.cmp(b).then_with(|| x.cmp(y)),
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }
}

impl Value {
    fn rank(&self) -> u8 {
        match self {
            Self::Null => 0,
            Self::Unknown(_) => 1,
            Self::Bool(_) => 2,
            Self::Number(_) => 3,
            Self::String(_) => 4,
            Self::List(_) => 5,
            Self::Set(_) => 6,
            Self::Map(_) => 7,
            Self::Dynamic(..) => 8,
        }
    }
}

/// The elements of a set in order. Known elements count once; two unknown ones may turn out to differ.
fn distinct(elements: &[Value]) -> Vec<&Value> {
    let mut sorted: Vec<&Value> = elements.iter().collect();
    sorted.sort_unstable();
    sorted.dedup_by(|a, b| a == b && a.is_wholly_known());
    sorted
}

fn normalized(elements: &BTreeMap<String, Value>) -> BTreeMap<Cow<'_, str>, &Value> {
    elements.iter().map(|(key, value)| (nfc(key), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::fixture::map;
    use crate::value::{Refinement, Type};

    fn set(elements: &[&str]) -> Value {
        Value::Set(elements.iter().map(|text| Value::from(*text)).collect())
    }

    fn number(text: &str) -> Value {
        Value::Number(text.parse().unwrap())
    }

    fn dynamic(ty: Type, value: Value) -> Value {
        Value::Dynamic(ty, Box::new(value))
    }

    #[test]
    fn values_that_mean_the_same_are_equal() {
        let not_null = Value::Unknown(Refinement { not_null: true, ..Refinement::default() });
        let list = |elements: [i64; 2]| Value::List(elements.map(Value::from).to_vec());
        let cases = [
            (number("1"), number("1.0"), true),
            (number("1"), Value::from("1"), false),
            (Value::from("\u{e9}"), Value::from("e\u{301}"), true),
            (map([("\u{e9}", Value::Null)]), map([("e\u{301}", Value::Null)]), true),
            (set(&["a", "b"]), set(&["b", "a"]), true),
            (set(&["a", "a", "b"]), set(&["b", "a"]), true),
            (set(&["a"]), set(&["a", "b"]), false),
            (Value::Set(vec![Value::unknown(), Value::unknown()]), Value::Set(vec![Value::unknown()]), false),
            (
                Value::Set(vec![set(&["a", "b"]), set(&["c"])]),
                Value::Set(vec![set(&["c"]), set(&["b", "a"])]),
                true,
            ),
            (list([1, 2]), list([2, 1]), false),
            (Value::List(vec![]), Value::Set(vec![]), false),
            (Value::List(vec![]), Value::Null, false),
            (map([]), Value::Null, false),
            (map([("a", Value::Null)]), map([]), false),
            (Value::unknown(), Value::unknown(), true),
            (Value::unknown(), not_null.clone(), false),
            (not_null.clone(), not_null, true),
            (dynamic(Type::String, Value::from("a")), dynamic(Type::String, Value::from("a")), true),
            (dynamic(Type::String, Value::Null), dynamic(Type::Bool, Value::Null), false),
            (dynamic(Type::String, Value::from("a")), Value::from("a"), false),
        ];
        for (a, b, equal) in cases {
            assert_eq!(a == b, equal, "{a:?} {b:?}");
            assert_eq!(b == a, equal, "{b:?} {a:?}");
        }
    }
}
