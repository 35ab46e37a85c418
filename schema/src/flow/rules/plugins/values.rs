//! Values of the wrong type, read as leniently as Kestra reads them: numbers as texts, texts as numbers, fractions cut off.

use jiff::{Timestamp, civil};

use super::super::super::place::is_expression;
use super::super::super::problem::Problem;
use super::super::Subject;
use super::super::value::{found, is_name, is_truth, unreadable};
use super::about;
use super::uses::{Typed, names};
use crate::catalog::{Catalog, Format, Text, Type, nearest};
use crate::duration::Duration;
use crate::yaml::{Node, Value};

pub(in super::super) fn values(subject: &Subject<'_>) -> Vec<Problem> {
    let check = |value: &Typed<'_>| {
        if value.dynamic { when_it_runs(value) } else { when_saved(value, subject.uses.catalog) }
    };
    subject.enough(subject.uses.values.iter().filter_map(check))
}

/// What Kestra refuses when the flow is saved.
fn when_saved(value: &Typed<'_>, catalog: &'static Catalog) -> Option<Problem> {
    let node = value.place.node;
    let wanted = wanted(value.kind, node).or_else(|| variant_wanted(value, catalog))?;
    let cure = if node.as_str() == Some("") { "; fill it in or remove the line" } else { "" };
    let words = format!("Cannot deserialize value of type `{}` from {}", java(value.kind), found(node));
    let message = format!("must be {wanted}{cure}");
    Some(about(value.entry, unreadable("value-type", &value.place, message, &words)))
}

/// What fails only when the flow runs, because Kestra saves whatever is there and renders it: literals that can't become
/// what the task needs.
fn when_it_runs(value: &Typed<'_>) -> Option<Problem> {
    let text = value.place.literal().filter(|text| !text.is_empty())?;
    let wanted = match value.kind {
        Type::One(kinds) => alternatives(kinds, value.place.node)?,
        kind @ (Type::Enum(_) | Type::String(_)) => wanted(kind, value.place.node)?,
        _ => return None,
    };
    let message = format!("`{text}` fails when the flow runs: this must be {wanted}");
    Some(Problem::at("value-type", &value.place, message).warning())
}

/// What an expression may become beside a plain text, when the value is none of it.
fn alternatives(kinds: &[Type], node: &Node) -> Option<String> {
    let kinds: Vec<&Type> = kinds.iter().filter(|kind| **kind != plain()).collect();
    let scalar = |kind: &&&Type| {
        matches!(kind, Type::Boolean | Type::Integer(_) | Type::Number(_) | Type::Enum(_) | Type::String(_))
    };
    let all_scalar = !kinds.is_empty() && kinds.iter().filter(scalar).count() == kinds.len();
    let wanted: Option<Vec<String>> = kinds.iter().map(|kind| wanted(kind, node)).collect();
    wanted.filter(|_| all_scalar).map(|wanted| wanted.join(" or "))
}

/// Any text.
fn plain() -> Type {
    Type::String(Text::default())
}

/// What a value must be, when it is not.
fn wanted(kind: &Type, node: &Node) -> Option<String> {
    match kind {
        // Kestra drops plugins that are no maps.
        Type::Any | Type::Zone | Type::Plugin(_) => None,
        Type::Boolean => (!is_truth(node)).then(|| "`true` or `false`".to_owned()),
        Type::Integer(_) => {
            (!is_number(node, |text| text.parse::<i64>().is_ok())).then(|| "a whole number".to_owned())
        }
        Type::Number(_) => {
            (!is_number(node, |text| text.parse::<f64>().is_ok())).then(|| "a number".to_owned())
        }
        Type::String(text) => text_wanted(text, node),
        Type::Enum(names) => enum_wanted(names, node),
        Type::List(_) => node.as_sequence().is_none().then(|| "a list".to_owned()),
        Type::Map(_) | Type::Model(_) => node.as_mapping().is_none().then(|| "a map".to_owned()),
        // Kestra reads what may be a text or a map in a way of its own.
        Type::One(kinds)
            if kinds.contains(&plain()) && kinds.iter().any(|kind| matches!(kind, Type::Model(_))) =>
        {
            None
        }
        Type::One(kinds) => {
            let wanted: Option<Vec<String>> = kinds.iter().map(|kind| wanted(kind, node)).collect();
            wanted.map(|mut wanted| {
                wanted.dedup();
                wanted.join(" or ")
            })
        }
    }
}

/// What the `type` of a map must be that picks one of several models, when it picks none.
fn variant_wanted(value: &Typed<'_>, catalog: &'static Catalog) -> Option<String> {
    let Type::One(kinds) = value.kind else { return None };
    let models: Option<Vec<&[String]>> = kinds
        .iter()
        .map(|kind| match kind {
            Type::Model(name) => names(catalog.model(name)?),
            _ => None,
        })
        .collect();
    let known: Vec<&str> = models?.into_iter().flatten().map(String::as_str).collect();
    let name = value.place.text("type");
    let is_known = name.as_ref().is_some_and(|name| known.contains(&&**name));
    (!is_known).then(|| format!("a map whose `type` is one of {}", known.join(", ")))
}

fn is_number(node: &Node, reads: fn(&str) -> bool) -> bool {
    match &node.value {
        Value::Int(_) | Value::Float(_) => true,
        Value::String(text) => text.trim().is_empty() || reads(text.trim()),
        _ => false,
    }
}

fn enum_wanted(names: &[String], node: &Node) -> Option<String> {
    let text = match &node.value {
        Value::String(_) | Value::Int(_) => node.text().unwrap_or_default(),
        _ => return Some(format!("one of {}", names.join(", "))),
    };
    let text = text.trim();
    if is_name(text, names) {
        return None;
    }
    Some(match nearest(text, names.iter().map(String::as_str)).first().filter(|_| !is_expression(text)) {
        Some(similar) => format!("one of {}; did you mean `{similar}`?", names.join(", ")),
        None => format!("one of {}", names.join(", ")),
    })
}

fn text_wanted(text: &Text, node: &Node) -> Option<String> {
    if node.as_mapping().is_some() {
        return Some("a text".to_owned());
    }
    let Some(format) = text.format else {
        return node.as_sequence().is_some().then(|| "a text".to_owned());
    };
    let (wanted, reads): (&str, fn(&str) -> bool) = match format {
        Format::Duration => ("a duration such as PT5M", |text| text.parse::<Duration>().is_ok()),
        Format::Date => ("a date such as 2030-12-31", |text| {
            text.split('T').next().is_some_and(|date| date.parse::<civil::Date>().is_ok())
        }),
        Format::DateTime => {
            ("a date and time such as 2030-12-31T23:59:59Z", |text| text.parse::<Timestamp>().is_ok())
        }
        Format::PartialTime => ("a time such as 23:59:59", |text| text.parse::<civil::Time>().is_ok()),
        Format::Time | Format::Uri => return None,
    };
    (!is_formatted(node, format, reads)).then(|| wanted.to_owned())
}

/// Kestra takes numbers for everything that measures time, and the parts of dates and times as a list.
fn is_formatted(node: &Node, format: Format, reads: fn(&str) -> bool) -> bool {
    match &node.value {
        Value::Int(_) | Value::Float(_) => true,
        Value::String(text) => {
            let text = text.trim();
            text.is_empty() || text.parse::<f64>().is_ok() || reads(text)
        }
        Value::Sequence(_) => matches!(format, Format::Date | Format::PartialTime),
        _ => false,
    }
}

/// The Java class that Kestra names.
fn java(kind: &Type) -> &str {
    match kind {
        Type::Boolean => "java.lang.Boolean",
        Type::Integer(_) => "java.lang.Integer",
        Type::Number(_) => "java.lang.Double",
        Type::List(_) => "java.util.ArrayList",
        Type::Map(_) => "java.util.LinkedHashMap",
        Type::Model(name) => name,
        Type::String(Text { format: Some(Format::Duration), .. }) => "java.time.Duration",
        Type::String(Text { format: Some(Format::Date), .. }) => "java.time.LocalDate",
        Type::String(Text { format: Some(Format::DateTime), .. }) => "java.time.Instant",
        Type::String(Text { format: Some(Format::PartialTime), .. }) => "java.time.LocalTime",
        _ => "java.lang.String",
    }
}
