//! The short texts of nodes: types without the packages that all of them share, values in one line.

use crate::flow::Place;
use crate::yaml::{Node, Value};

/// Packages that say nothing to a reader, the longest first.
const PACKAGES: [&str; 4] = [
    "io.kestra.plugin.core.",
    "io.kestra.plugin.",
    "io.kestra.core.models.triggers.types.",
    "io.kestra.core.",
];

/// The name of a task or trigger; its path where it has none.
pub(super) fn name(place: &Place<'_>) -> String {
    place.text("id").map_or_else(|| place.path.to_string(), |id| id.into_owned())
}

/// The type without its package: `http.Request`.
pub(super) fn kind(place: &Place<'_>) -> String {
    let name = place.text("type").unwrap_or_default();
    PACKAGES.iter().find_map(|package| name.strip_prefix(package)).unwrap_or(&name).to_owned()
}

/// The class alone: `Request`.
pub(super) fn class(place: &Place<'_>) -> String {
    kind(place).rsplit('.').next().unwrap_or_default().to_owned()
}

/// The parts that are not empty, with dots between them.
pub(super) fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// A value in one line, which counts what is in lists and maps.
pub(super) fn value(node: &Node) -> String {
    match &node.value {
        Value::Sequence(items) => format!("{} values", items.len()),
        Value::Mapping(entries) => format!("{} values", entries.len()),
        _ => one_line(&node.text().unwrap_or_default()),
    }
}

/// The property as [`value`]; empty when there is none.
pub(super) fn property(place: &Place<'_>, name: &str) -> String {
    place.get(name).map(|found| value(found.node)).unwrap_or_default()
}

/// The text with every run of white space as one blank.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
