//! Validators: what a value has to be beyond its type, checked before anything else and told in the documentation.

use std::fmt;
use std::ops::RangeBounds;
use std::sync::Arc;

use crate::value::{Number, Value};

/// A check of one known value, with the words for it.
#[derive(Clone)]
pub struct Validator {
    description: String,
    check: Arc<dyn Fn(&Value) -> bool + Send + Sync>,
}

impl Validator {
    /// A check of one's own. The description completes "must be …", such as `a date`.
    pub fn new(
        description: impl Into<String>,
        check: impl Fn(&Value) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self { description: description.into(), check: Arc::new(check) }
    }

    /// What the value must be, such as "one of `a`, `b`".
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Whether the value passes. Null and unknown values always do.
    pub fn accepts(&self, value: &Value) -> bool {
        value.is_null() || !value.is_known() || (self.check)(value)
    }
}

impl fmt::Debug for Validator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Validator").field(&self.description).finish()
    }
}

/// Text that is one of a few words.
pub fn one_of(words: impl IntoIterator<Item = &'static str>) -> Validator {
    let words: Vec<&str> = words.into_iter().collect();
    let listed: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    Validator::new(format!("one of {}", listed.join(", ")), move |value| {
        value.as_str().is_some_and(|text| words.contains(&text))
    })
}

/// Text, or a list, set or map, of a length in characters or elements.
pub fn length(range: impl RangeBounds<usize> + Send + Sync + 'static) -> Validator {
    let of = |value: &Value| match value {
        Value::String(text) => text.chars().count(),
        Value::List(elements) | Value::Set(elements) => elements.len(),
        Value::Map(elements) => elements.len(),
        _ => 0,
    };
    Validator::new(format!("of a length {}", within(&range)), move |value| range.contains(&of(value)))
}

/// A number within bounds.
pub fn range(range: impl RangeBounds<i64> + Send + Sync + 'static) -> Validator {
    let text = format!("a number {}", within(&range));
    let bounds = (range.start_bound().map(|n| Number::from(*n)), range.end_bound().map(|n| Number::from(*n)));
    Validator::new(text, move |value| value.as_number().is_some_and(|number| bounds.contains(number)))
}

/// Text that a function takes for well-formed. The description completes "must be …", such as `a date`.
pub fn text(
    description: impl Into<String>,
    is_well_formed: impl Fn(&str) -> bool + Send + Sync + 'static,
) -> Validator {
    Validator::new(description, move |value| value.as_str().is_some_and(&is_well_formed))
}

/// The bounds in words.
fn within<T: fmt::Display>(range: &impl RangeBounds<T>) -> String {
    use std::ops::Bound::{Excluded, Included, Unbounded};
    match (range.start_bound(), range.end_bound()) {
        (Included(a), Included(b)) => format!("from {a} to {b}"),
        (Included(a), Excluded(b)) => format!("from {a} to less than {b}"),
        (Included(a), Unbounded) => format!("of at least {a}"),
        (Excluded(a), Included(b)) => format!("above {a} and up to {b}"),
        (Excluded(a), Excluded(b)) => format!("above {a} and below {b}"),
        (Excluded(a), Unbounded) => format!("above {a}"),
        (Unbounded, Included(b)) => format!("of at most {b}"),
        (Unbounded, Excluded(b)) => format!("below {b}"),
        (Unbounded, Unbounded) => "of any size".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_pass_or_do_not() {
        let cases = [
            (one_of(["a", "b"]), Value::from("a"), Value::from("c")),
            (length(1..=2), Value::from("né"), Value::from("one")),
            (length(1..), Value::List(vec![Value::Null]), Value::Map(Default::default())),
            (range(0..=9), Value::from(9), Value::from(10)),
            (range(..5), Value::from(-1), Value::from(5)),
            (text("upper case", |text| text == text.to_uppercase()), Value::from("A"), Value::from("a")),
        ];
        for (validator, good, bad) in cases {
            assert!(validator.accepts(&good) && !validator.accepts(&bad), "{validator:?}");
            assert!(validator.accepts(&Value::Null) && validator.accepts(&Value::unknown()));
        }
    }

    #[test]
    fn descriptions_complete_the_sentence() {
        let cases = [
            (one_of(["a", "b"]), "one of `a`, `b`"),
            (length(1..=3), "of a length from 1 to 3"),
            (length(2..), "of a length of at least 2"),
            (range(..10), "a number below 10"),
            (range(0..), "a number of at least 0"),
        ];
        for (validator, expected) in cases {
            assert_eq!(validator.description(), expected);
        }
    }
}
