//! Properties that must be there.

use super::super::super::place::Place;
use super::super::super::problem::Problem;
use super::super::Subject;
use super::super::text::{NOT_EMPTY, NOT_NULL};
use super::uses::Object;
use super::{about, spoken};
use crate::catalog::{Dynamic, Entry, Property, Type};
use crate::line::KestraLine;

/// Names of properties, and the names that they had before.
const OLD_NAMES: [(&str, &str); 2] = [("id", "name"), ("when", "condition")];

pub(in super::super) fn required(subject: &Subject<'_>) -> Vec<Problem> {
    let defaults = defaults(subject);
    subject.enough(subject.uses.objects.iter().flat_map(|object| missing(object, &defaults)))
}

fn missing(Object { place, entry }: &Object<'_>, defaults: &[Place<'_>]) -> Vec<Problem> {
    let missing = entry.properties.iter().filter(|(name, property)| {
        property.required
            && !is_given(place, name, property)
            && !has_old_name(place, entry, name)
            && !has_default(place, name, defaults)
    });
    let problem = |(name, property): (&String, &Property)| {
        let human = format!("is required by {}", spoken(entry));
        let problem = Problem::missing("required-property", place, name, human);
        about(entry, problem.constraint(words(&property.kind)))
    };
    missing.map(problem).collect()
}

/// What Kestra says about a value that is missing.
fn words(kind: &Type) -> &'static str {
    match kind {
        Type::String(text) if text.min_length.is_some() => NOT_EMPTY,
        Type::List(items) if items.min_items.is_some() => NOT_EMPTY,
        _ => NOT_NULL,
    }
}

/// Whether a property is there by its own name or by an alias. An empty text is nothing where Kestra wants no text.
fn is_given(place: &Place<'_>, name: &str, property: &Property) -> bool {
    let names = std::iter::once(name).chain(property.aliases.iter().map(String::as_str));
    names.filter_map(|name| place.get(name)).any(|value| {
        let is_empty = value.node.as_str().is_some_and(|text| text.trim().is_empty());
        !is_empty || property.dynamic == Dynamic::Any || !is_nothing_when_empty(&property.kind)
    })
}

/// Whether a property is there by a name that it had before, and that Kestra still reads.
fn has_old_name(place: &Place<'_>, entry: &Entry, name: &str) -> bool {
    let old = |(_, old): &&(&str, &str)| {
        entry.property(old).is_some_and(|property| property.deprecated || property.undocumented)
    };
    OLD_NAMES
        .iter()
        .filter(|(new, _)| *new == name)
        .find(old)
        .is_some_and(|(_, old)| place.get(old).is_some())
}

fn is_nothing_when_empty(kind: &Type) -> bool {
    match kind {
        Type::Boolean | Type::Integer(_) | Type::Number(_) => true,
        Type::String(text) => text.format.is_some(),
        _ => false,
    }
}

/// The defaults that a flow sets for its plugins; 2.0 has none.
fn defaults<'flow>(subject: &Subject<'flow>) -> Vec<Place<'flow>> {
    match subject.line {
        KestraLine::V1_3 => {
            ["pluginDefaults", "taskDefaults"].iter().flat_map(|list| subject.root.items(list)).collect()
        }
        KestraLine::V2_0 => Vec::new(),
    }
}

/// Whether the flow itself gives a property to all plugins whose types begin like this one's.
fn has_default(place: &Place<'_>, name: &str, defaults: &[Place<'_>]) -> bool {
    let Some(kind) = place.text("type") else { return false };
    defaults.iter().any(|default| {
        default.text("type").is_some_and(|prefix| kind.starts_with(&*prefix))
            && default.get("values").is_some_and(|values| values.get(name).is_some())
    })
}
