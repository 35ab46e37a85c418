//! The types of tasks and triggers, and how Kestra says that it does not know one.

use schema::fixtures;
use schema::flow::{Flow, Place, Problem, Severity, Step, Wording};

use super::known::is_class_name;
use crate::fault::Violation;

const INVALID: &str = "Invalid type: ";

/// Every task and trigger of a flow that names its type, with that name.
pub(super) fn plugins(flow: &Flow) -> impl Iterator<Item = (Place<'_>, String)> {
    let all = flow.tasks().into_iter().chain(flow.triggers());
    all.filter_map(|place| place.text("type").map(|name| name.into_owned()).map(|name| (place, name)))
}

/// Types whose names cannot be those of a class, and fixtures where there are none. The flow's own rules refuse what is
/// missing in Kestra's packages, and let every other name pass.
pub(super) fn check(flow: &Flow, has_fixtures: bool) -> Vec<Problem> {
    let is_odd = |name: &str| !is_class_name(name) || name == fixtures::TYPE && !has_fixtures;
    let odd = plugins(flow).filter(|(_, name)| !name.is_empty() && is_odd(name));
    odd.map(|(place, name)| unknown(&place, &name)).collect()
}

fn unknown(place: &Place<'_>, name: &str) -> Problem {
    Problem {
        severity: Severity::Error,
        code: "plugin-type",
        span: place.node.span,
        path: place.path.clone(),
        message: format!("no plugin has the type `{name}`"),
        kestra: Some(Wording::Model { path: java_path(place), message: format!("{INVALID}{name}") }),
    }
}

/// The path of a value in the words of Kestra's JSON reader.
fn java_path(place: &Place<'_>) -> String {
    let steps = place.path.steps().into_iter().enumerate();
    steps
        .map(|(position, step)| match step {
            Step::Property(name) if position == 0 => {
                format!("io.kestra.core.models.flows.FlowWithSource[\"{name}\"]")
            }
            Step::Index(index) => format!("->java.util.ArrayList[{index}]"),
            Step::Property(name) | Step::Key(name) => format!("->[\"{name}\"]"),
        })
        .collect()
}

/// Kestra embeds the cause beside the message when a type is unknown.
pub(super) fn jackson_cause(violations: &[Violation]) -> Option<Violation> {
    let [Violation { path, message, .. }] = violations else {
        return None;
    };
    let name = message.strip_prefix(INVALID)?;
    let cause = format!(
        "Could not resolve type id '{name}' as a subtype of `io.kestra.core.models.Plugin`: No plugin registered \
        for the defined type: '{name}'\n at [Source: UNKNOWN; byte offset: #UNKNOWN] (through reference chain: {path})"
    );
    Some(Violation { message: cause, ..violations[0].clone() })
}
