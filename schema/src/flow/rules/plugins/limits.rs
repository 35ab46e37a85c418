//! Values of the right type that are too small, too large, too short, too long, or do not look as they must.

use std::collections::BTreeMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use regex::Regex;

use super::super::super::place::Place;
use super::super::super::problem::Problem;
use super::super::Subject;
use super::super::text::{NOT_EMPTY, NOT_NULL, whole};
use super::about;
use super::uses::Typed;
use crate::catalog::{Items, Kind, Numbers, Text, Type};

pub(in super::super) fn limits(subject: &Subject<'_>) -> Vec<Problem> {
    subject.enough(subject.uses.values.iter().filter_map(beyond))
}

fn beyond(value: &Typed<'_>) -> Option<Problem> {
    let words = match value.kind {
        Type::String(text) => text_beyond(text, &value.place)?,
        Type::Integer(numbers) | Type::Number(numbers) => number_beyond(numbers, &value.place)?,
        Type::List(items) if !value.dynamic => list_beyond(items, &value.place)?,
        // Kestra drops plugins that are no maps, and then misses the condition.
        Type::Plugin(Kind::Condition) if value.place.node.as_mapping().is_none() => NOT_NULL.to_owned(),
        _ => return None,
    };
    Some(about(value.entry, Problem::at("limit", &value.place, words.clone()).constraint(words)))
}

fn text_beyond(text: &Text, place: &Place<'_>) -> Option<String> {
    let (least, most) = (text.min_length.unwrap_or(0), text.max_length.unwrap_or(usize::MAX));
    if (least, most, &text.pattern) == (0, usize::MAX, &None) {
        return None;
    }
    let value = place.node.text()?;
    // Java counts UTF-16 units.
    let length = value.encode_utf16().count();
    match &text.pattern {
        _ if length < least && least == 1 => Some(NOT_EMPTY.to_owned()),
        _ if length < least => Some(format!("must have at least {least} characters")),
        _ if length > most => Some(format!("must have at most {most} characters")),
        Some(pattern) if !matches(pattern, &value) => Some(format!("must match \"{pattern}\"")),
        _ => None,
    }
}

/// Whether all of a text matches a pattern of the catalogs. Each is compiled once.
fn matches(pattern: &str, text: &str) -> bool {
    static COMPILED: LazyLock<RwLock<BTreeMap<String, Regex>>> = LazyLock::new(RwLock::default);
    if let Some(regex) = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(pattern) {
        return regex.is_match(text);
    }
    let regex = whole(pattern);
    let matches = regex.is_match(text);
    COMPILED.write().unwrap_or_else(PoisonError::into_inner).insert(pattern.to_owned(), regex);
    matches
}

fn number_beyond(numbers: &Numbers, place: &Place<'_>) -> Option<String> {
    // Kestra cuts fractions off before it compares; what rounds to the limit is never beyond it.
    let number = place.node.text()?.trim().parse::<f64>().ok()?;
    if let Some(least) = numbers.minimum.filter(|least| number < *least) {
        return Some(format!("must be greater than or equal to {least}"));
    }
    if let Some(most) = numbers.maximum.filter(|most| number.trunc() > *most) {
        return Some(format!("must be less than or equal to {most}"));
    }
    let bound = numbers.exclusive_minimum.filter(|bound| number <= *bound)?;
    Some(format!("must be greater than {bound}"))
}

fn list_beyond(items: &Items, place: &Place<'_>) -> Option<String> {
    let count = place.node.as_sequence()?.len();
    if items.min_items.is_some_and(|least| count < least) {
        return Some(NOT_EMPTY.to_owned());
    }
    let most = items.max_items.filter(|most| count > *most)?;
    Some(format!("must have at most {most} items"))
}
