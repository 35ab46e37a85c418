//! Properties that their plugin or model does not have.

use super::super::super::place::Place;
use super::super::super::problem::{Problem, Wording};
use super::super::Subject;
use super::super::enough::ENOUGH;
use super::super::model::java_path;
use super::uses::Object;
use super::{about, spoken};
use crate::catalog::{Entry, Kind, Origin};
use crate::yaml;

pub(in super::super) fn unknown(subject: &Subject<'_>) -> Vec<Problem> {
    subject.enough(subject.uses.objects.iter().flat_map(unknown_of))
}

fn unknown_of<'subject>(
    Object { place, entry }: &'subject Object<'_>,
) -> impl Iterator<Item = Problem> + 'subject {
    let properties = place.node.as_mapping().into_iter().flatten();
    let unknown = properties.filter(move |(name, _)| !is_known(entry, name));
    // What takes any property has no end of them; only the first are compared with those that it should have.
    unknown.take(ENOUGH).filter_map(move |(name, written)| problem(place, entry, name, written))
}

fn is_known(entry: &Entry, name: &str) -> bool {
    (name == "type" && entry.kind != Kind::Model) || entry.property(name).is_some()
}

/// The problem of a property. What takes properties that are not listed may have it, unless it looks like a typing error.
fn problem(place: &Place<'_>, entry: &Entry, name: &str, written: &yaml::Entry) -> Option<Problem> {
    let absent = |known: &&str| place.node.get(known).is_none();
    let similar = entry.nearest(name).into_iter().find(absent);
    let message = match similar {
        Some(similar) => format!("unknown property of {}; did you mean `{similar}`?", spoken(entry)),
        None if entry.open => return None,
        None => format!("unknown property of {}; it has {}", spoken(entry), documented(entry).join(", ")),
    };
    let problem = Problem::new("unknown-property", place.path.property(name), written.key_span, message);
    let problem = problem.worded(unrecognized(place, entry, name));
    let is_ignored = written.value.is_null() && !STRICT.iter().any(|model| entry.name.starts_with(model));
    let is_uncertain = entry.open || entry.origin == Origin::Server || is_ignored;
    Some(if is_uncertain { problem.warning() } else { about(entry, problem) })
}

/// Models of which Kestra refuses an unknown property even when it is null. Elsewhere it drops what is null unread.
const STRICT: [&str; 5] = [
    "io.kestra.core.models.flows.input.",
    "io.kestra.core.models.flows.sla.",
    "io.kestra.core.models.flows.Concurrency",
    "io.kestra.core.models.flows.Output",
    "io.kestra.core.models.Label",
];

fn documented(entry: &Entry) -> Vec<&str> {
    let documented = entry.properties.iter().filter(|(_, property)| !property.undocumented);
    documented.map(|(name, _)| name.as_str()).collect()
}

fn unrecognized(place: &Place<'_>, entry: &Entry, name: &str) -> Wording {
    let names: Vec<String> = entry.properties.keys().map(|name| format!("\"{name}\"")).collect();
    let message = format!(
        "Unrecognized field \"{name}\" (class {}), not marked as ignorable ({} known properties: {})",
        entry.name,
        names.len(),
        names.join(", ")
    );
    Wording::Model { path: format!("{}[\"{name}\"]", java_path(place)), message }
}
