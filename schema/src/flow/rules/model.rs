//! What Kestra's model needs before Kestra looks at constraints at all: maps with a known `type`.

use super::super::path::Step;
use super::super::place::Place;
use super::super::problem::{Problem, Wording};
use super::value::unreadable;

/// A task or trigger is a map with a `type`. Kestra drops what is no map, except directly in a flow.
pub(super) fn typed(code: &'static str, place: &Place<'_>) -> Option<Problem> {
    if place.node.as_mapping().is_none() {
        let words = "Cannot construct instance of `io.kestra.core.models.tasks.Task`";
        let problem = unreadable(code, place, "must be a map with `id` and `type`".to_owned(), words);
        return Some(if is_dropped(place) { problem.warning() } else { problem });
    }
    let missing = || {
        let message = "is required; name the plugin, such as `io.kestra.plugin.core.log.Log`";
        Problem::missing(code, place, "type", message).worded(invalid_type(place, Some("<null>")))
    };
    let is_text = place.get("type").is_some_and(|name| name.node.as_str().is_some());
    (!is_text).then(missing)
}

fn is_dropped(place: &Place<'_>) -> bool {
    let own = |name: &str| name == "tasks" || name == "triggers";
    place.node.is_null()
        || !matches!(place.path.steps()[..], [Step::Property(list), Step::Index(_)] if own(list))
}

/// The path of a value in the words of Kestra's JSON reader.
pub(super) fn java_path(place: &Place<'_>) -> String {
    let mut path = String::new();
    for (position, step) in place.path.steps().into_iter().enumerate() {
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
