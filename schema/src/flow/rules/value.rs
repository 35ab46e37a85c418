//! Constraints on values that are no free text: names from a list, durations, whole numbers.

use super::super::path::Step;
use super::super::place::Place;
use super::super::problem::{Problem, Wording};
use super::text::NOT_NULL;
use crate::duration::Duration;
use crate::yaml::{Node, Value, kestra_words};

/// The property `name` must be there.
pub(super) fn required(code: &'static str, place: &Place<'_>, name: &str) -> Option<Problem> {
    let absent = || Problem::missing(code, place, name, "is required").constraint(NOT_NULL);
    place.get(name).is_none().then(absent)
}

/// The property `name`, if there, must be one of `allowed`.
pub(super) fn one_of(code: &'static str, place: &Place<'_>, name: &str, allowed: &[&str]) -> Option<Problem> {
    let value = place.get(name)?;
    let text = value.literal()?;
    if is_name(&text, allowed) {
        return None;
    }
    let message = format!("`{text}` is unknown; use one of {}", allowed.join(", "));
    let words = format!(
        "Cannot deserialize value from String \"{text}\": not one of the values accepted for Enum class: [{}]",
        allowed.join(", ")
    );
    Some(unreadable(code, &value, message, &words))
}

/// Whether a text is one of several names, as Kestra reads it: it also takes the position of a name.
pub(super) fn is_name(text: &str, names: &[impl AsRef<str>]) -> bool {
    let text = text.trim();
    let is_position = || text == "0" || !text.starts_with(['0', '+']);
    names.iter().any(|name| name.as_ref() == text)
        || text.parse::<usize>().is_ok_and(|position| position < names.len() && is_position())
}

/// The property `name`, if there, must be a whole number of at least `least`.
pub(super) fn at_least(code: &'static str, place: &Place<'_>, name: &str, least: i64) -> Option<Problem> {
    let value = place.get(name)?;
    let text = value.literal()?;
    match text.parse::<i64>() {
        Ok(number) if number >= least => None,
        Ok(number) => {
            let words = format!("must be greater than or equal to {least}");
            Some(Problem::at(code, &value, format!("{words} (got {number})")).constraint(words))
        }
        // Kestra cuts fractions off and takes an empty text for nothing; whatever else stands here it refuses.
        Err(_) if text.trim().is_empty() || text.parse::<f64>().is_ok() => None,
        Err(_) => {
            let words = format!(
                "Cannot deserialize value of type `java.lang.Integer` from String \"{text}\": not a valid `java.lang.Integer` value"
            );
            Some(unreadable(code, &value, format!("`{text}` is no whole number"), &words))
        }
    }
}

/// The duration of the property `name`, when it is there as a literal that Kestra can read.
pub(super) fn duration_of(place: &Place<'_>, name: &str) -> Option<Duration> {
    place.get(name)?.literal()?.parse().ok()
}

/// The property `name`, if there, must be a duration; Kestra also takes a number of seconds, and nothing at all.
pub(super) fn duration(code: &'static str, place: &Place<'_>, name: &str) -> Option<Problem> {
    let value = place.get(name)?;
    let text = value.literal()?;
    if text.trim().is_empty() || text.trim().parse::<f64>().is_ok() {
        return None;
    }
    let error = text.trim().parse::<Duration>().err()?;
    let words = format!(
        "Cannot deserialize value of type `java.time.Duration` from String \"{text}\": Failed to deserialize \
         java.time.Duration: (java.time.format.DateTimeParseException) Text cannot be parsed to a Duration"
    );
    Some(unreadable(code, &value, error.to_string(), &words))
}

/// A value that Kestra cannot turn into what its model wants.
pub(super) fn unreadable(code: &'static str, value: &Place<'_>, message: String, words: &str) -> Problem {
    let property = match value.path.steps()[..] {
        [Step::Property(name)] => Some(name.as_str()),
        _ => None,
    };
    let words = kestra_words(words, value.node.span.start, property);
    Problem::at(code, value, message).worded(Wording::Source(words))
}

/// Whether Kestra reads a truth value: whole numbers are, fractions are not.
pub(super) fn is_truth(node: &Node) -> bool {
    match &node.value {
        Value::String(text) => {
            matches!(text.trim(), "" | "true" | "True" | "TRUE" | "false" | "False" | "FALSE")
        }
        Value::Bool(_) | Value::Int(_) => true,
        _ => false,
    }
}

/// What stands there, in the words of Kestra's JSON reader.
pub(super) fn found(node: &Node) -> String {
    match &node.value {
        Value::Sequence(_) => "Array value (token `JsonToken.START_ARRAY`)".to_owned(),
        Value::Mapping(_) => "Object value (token `JsonToken.START_OBJECT`)".to_owned(),
        _ => format!("String \"{}\"", node.text().unwrap_or_default()),
    }
}
