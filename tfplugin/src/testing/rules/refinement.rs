//! Whether a final value keeps the promises that were made about it while it was unknown.

use crate::value::{Bound, Refinement, Value};

/// Whether the value, where it is known, is one of those that the refinement allows.
pub(super) fn admits(refinement: &Refinement, value: &Value) -> bool {
    if !value.is_known() {
        return true;
    }
    if value.is_null() {
        return !refinement.not_null;
    }
    admits_text(refinement, value) && admits_number(refinement, value) && admits_length(refinement, value)
}

fn admits_text(refinement: &Refinement, value: &Value) -> bool {
    let prefix = refinement.prefix.as_deref().unwrap_or_default();
    value.as_str().is_none_or(|text| text.starts_with(prefix))
}

fn admits_number(refinement: &Refinement, value: &Value) -> bool {
    let Some(number) = value.as_number() else {
        return true;
    };
    let above = |Bound { value, inclusive }: &Bound| number > value || (*inclusive && number == value);
    let below = |Bound { value, inclusive }: &Bound| number < value || (*inclusive && number == value);
    refinement.lower.as_ref().is_none_or(above) && refinement.upper.as_ref().is_none_or(below)
}

/// A set with unknown elements may yet shrink, so only its upper limit cannot be judged.
fn admits_length(refinement: &Refinement, value: &Value) -> bool {
    let length = match value {
        Value::List(elements) | Value::Set(elements) => elements.len() as u64,
        Value::Map(elements) => elements.len() as u64,
        _ => return true,
    };
    let may_shrink = matches!(value, Value::Set(_)) && value.has_unknown();
    refinement.min_length.is_none_or(|min| length >= min)
        && (may_shrink || refinement.max_length.is_none_or(|max| length <= max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promises_are_about_null_text_numbers_and_lengths() {
        let none = Refinement::default;
        let bound = |value: i64, inclusive| Some(Bound { value: value.into(), inclusive });
        let list = |length| Value::List(vec![Value::Null; length]);
        let text = Refinement { prefix: Some("x-".to_owned()), ..none() };
        let number = Refinement { lower: bound(1, true), upper: bound(3, false), ..none() };
        let length = Refinement { min_length: Some(1), max_length: Some(2), ..none() };
        let cases = [
            (none(), Value::Null, true),
            (Refinement { not_null: true, ..none() }, Value::Null, false),
            (Refinement { not_null: true, ..none() }, Value::unknown(), true),
            (text.clone(), Value::from("x-1"), true),
            (text, Value::from("y"), false),
            (number.clone(), Value::from(0), false),
            (number.clone(), Value::from(1), true),
            (number.clone(), Value::from(2), true),
            (number, Value::from(3), false),
            (length.clone(), list(0), false),
            (length.clone(), list(2), true),
            (length.clone(), list(3), false),
            (length, Value::Set(vec![Value::unknown(), Value::from(1), Value::from(2)]), true),
        ];
        for (refinement, value, expected) in cases {
            assert_eq!(admits(&refinement, &value), expected, "{refinement:?} {value:?}");
        }
    }
}
