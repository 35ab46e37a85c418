//! What Kestra's model needs before Kestra looks at constraints at all: maps with a known `type`.

use super::super::path::Step;
use super::super::place::Place;
use super::super::problem::{Problem, Wording};
use super::value::unreadable;

/// A task or trigger is a map with a `type`.
pub(super) fn typed(code: &'static str, place: &Place<'_>) -> Option<Problem> {
    if place.node.as_mapping().is_none() {
        let words = "Cannot construct instance of `io.kestra.core.models.tasks.Task`";
        return Some(unreadable(code, place, "must be a map with `id` and `type`".to_owned(), words));
    }
    let missing = || {
        let words = invalid_type(place, Some("<null>"));
        Problem::missing(
            code,
            place,
            "type",
            "is required; name the plugin, such as `io.kestra.plugin.core.log.Log`",
        )
        .worded(words)
    };
    place.get("type").is_none().then(missing)
}

/// The path of a value in the words of Kestra's JSON reader.
fn java_path(place: &Place<'_>) -> String {
    let mut path = String::new();
    for (position, step) in place.path.steps().iter().enumerate() {
        match step {
            Step::Property(name) if position == 0 => {
                path.push_str(&format!("io.kestra.core.models.flows.FlowWithSource[\"{name}\"]"));
            }
            Step::Index(index) => path.push_str(&format!("->java.util.ArrayList[{index}]")),
            Step::Property(name) | Step::Key(name) => path.push_str(&format!("->[\"{name}\"]")),
        }
    }
    path
}

/// Kestra's words for a `type` it does not know.
pub(super) fn invalid_type(place: &Place<'_>, name: Option<&str>) -> Wording {
    let message = format!("Invalid type: {}", name.unwrap_or("null"));
    Wording::Model { path: java_path(place), message }
}
