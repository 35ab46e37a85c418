//! The types of tasks and triggers: known to somebody, and given what they require.

use schema::flow::{Flow, Place, Problem, Severity, Step, Wording};

use super::core_types::{Known, Property, Required, lookup};
use crate::fault::Violation;

const INVALID: &str = "Invalid type: ";

/// Every task and trigger of a flow that names its type, with that name.
pub(super) fn plugins(flow: &Flow) -> impl Iterator<Item = (Place<'_>, String)> {
    let all = flow.tasks().into_iter().chain(flow.triggers());
    all.filter_map(|place| place.text("type").map(|name| name.into_owned()).map(|name| (place, name)))
}

/// What is wrong with the types of a flow's tasks and triggers.
pub(super) fn check(flow: &Flow) -> Vec<Problem> {
    plugins(flow)
        .flat_map(|(place, name)| match lookup(&name) {
            Known::Nothing => vec![unknown(&place, &name)],
            known => {
                let properties = known.core().into_iter().flat_map(|core| core.properties());
                properties.filter_map(|one| missing(flow, &place, &name, one)).collect()
            }
        })
        .collect()
}

fn unknown(place: &Place<'_>, name: &str) -> Problem {
    let wording = Wording::Model { path: java_path(place), message: format!("{INVALID}{name}") };
    problem("plugin-type", place, format!("no plugin has the type `{name}`"), wording)
}

fn missing(flow: &Flow, place: &Place<'_>, name: &str, property: Property) -> Option<Problem> {
    let words = match property.required {
        Required::No => return None,
        Required::Value => "must not be null",
        Required::Content => "must not be empty",
    };
    let empty = |found: Place<'_>| {
        let list = found.node.as_sequence().is_some_and(<[_]>::is_empty);
        property.required == Required::Content && (list || found.node.as_str() == Some(""))
    };
    let property = property.name;
    if !place.get(property).is_none_or(empty) || has_default(flow, name, property) {
        return None;
    }
    let about = Place { node: place.node, path: place.path.property(property) };
    let wording = Wording::Constraints(vec![words.into()]);
    Some(problem("required-property", &about, format!("`{property}` is required"), wording))
}

/// Whether the flow's own plugin defaults supply a property.
fn has_default(flow: &Flow, name: &str, property: &str) -> bool {
    let lists = ["pluginDefaults", "taskDefaults"].map(|list| flow.place().items(list));
    lists.into_iter().flatten().any(|default| {
        let covers = default.text("type").is_some_and(|prefix| name.starts_with(&*prefix));
        covers && default.get("values").is_some_and(|values| values.get(property).is_some())
    })
}

fn problem(code: &'static str, place: &Place<'_>, message: String, kestra: Wording) -> Problem {
    let (span, path) = (place.node.span, place.path.clone());
    Problem { severity: Severity::Error, code, span, path, message, kestra: Some(kestra) }
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
    let [Violation { path, message }] = violations else {
        return None;
    };
    let name = message.strip_prefix(INVALID)?;
    let cause = format!(
        "Could not resolve type id '{name}' as a subtype of `io.kestra.core.models.Plugin`: No plugin registered \
        for the defined type: '{name}'\n at [Source: UNKNOWN; byte offset: #UNKNOWN] (through reference chain: {path})"
    );
    Some(Violation::new(path, cause))
}
