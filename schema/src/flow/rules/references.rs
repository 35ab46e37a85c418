//! References that Pebble reads as a subtraction: `inputs.a-b` is `inputs.a` minus `b`.

use regex::Regex;

use super::super::place::Place;
use super::super::problem::Problem;
use super::Subject;
use crate::yaml::{Node, Value};

/// Properties that every task has; Kestra looks only at those of the plugin.
const COMMON: [&str; 16] = [
    "id",
    "type",
    "version",
    "pluginDefaultsRef",
    "description",
    "retry",
    "timeout",
    "disabled",
    "workerGroup",
    "logLevel",
    "allowFailure",
    "logToFile",
    "runIf",
    "allowWarning",
    "taskCache",
    "assets",
];

/// Plugins in whose tasks Kestra finds such references. Elsewhere it may overlook them.
const SEARCHED: [&str; 3] = [
    "io.kestra.plugin.core.log.",
    "io.kestra.plugin.core.debug.",
    "io.kestra.plugin.core.flow.",
];

pub(super) fn dashes(subject: &Subject<'_>) -> Vec<Problem> {
    let inputs = patterns(&subject.inputs, |id| format!(r"\{{\{{\s*inputs\.{id}\s*\}}\}}"));
    let outputs = patterns(&subject.tasks, |id| {
        format!(r"\{{\{{\s*outputs\.{id}\.[^}}]+\s*\}}\}}")
    });
    let flow_outputs = subject.root.items("outputs");
    [
        find("input", "tasks", &inputs, &subject.tasks),
        find("output", "tasks", &outputs, &subject.tasks),
        find("output", "outputs", &outputs, &flow_outputs),
    ]
    .concat()
}

/// A pattern per id with a dash.
fn patterns(places: &[Place<'_>], pattern: impl Fn(&str) -> String) -> Vec<Regex> {
    let ids = places
        .iter()
        .filter_map(|place| place.text("id"))
        .filter(|id| id.contains('-'));
    ids.filter_map(|id| Regex::new(&pattern(&regex::escape(&id))).ok())
        .collect()
}

/// The places whose own properties hold a match. Kestra names all of them in one message, which the first
/// problem carries.
fn find(referred: &str, places_are: &str, patterns: &[Regex], places: &[Place<'_>]) -> Vec<Problem> {
    let hits: Vec<&Place<'_>> = places
        .iter()
        .filter(|place| is_offending(place, patterns))
        .collect();
    let ids: Vec<String> = hits
        .iter()
        .filter_map(|place| Some(place.text("id")?.into_owned()))
        .collect();
    let message = format!(
        "write `{{{{ {referred}s['a-b'] }}}}` instead of `{{{{ {referred}s.a-b }}}}`: Pebble reads the dash as a minus"
    );
    let words = format!(
        "Invalid {referred} reference: use {referred}s[key-name] instead of {referred}s.key-name — keys with dashes \
         require bracket notation, offending {places_are}: [{}]",
        ids.join(", ")
    );
    let mut problems: Vec<Problem> = hits
        .iter()
        .map(|place| {
            let problem = Problem::at("dash-reference", place, message.clone());
            if is_searched(place, places_are) {
                problem
            } else {
                problem.warning()
            }
        })
        .collect();
    if let Some(first) = problems
        .iter_mut()
        .find(|problem| problem.severity == super::Severity::Error)
    {
        *first = first.clone().of_flow(words);
    }
    problems
}

fn is_searched(place: &Place<'_>, places_are: &str) -> bool {
    let listed = |name: &str| SEARCHED.iter().any(|package| name.starts_with(package));
    places_are == "outputs" || place.text("type").is_some_and(|name| listed(&name))
}

fn is_offending(place: &Place<'_>, patterns: &[Regex]) -> bool {
    let Some(properties) = place.node.as_mapping() else {
        return false;
    };
    let own = properties
        .iter()
        .filter(|(name, _)| !COMMON.contains(&name.as_str()));
    !patterns.is_empty() && own.into_iter().any(|(_, entry)| holds(&entry.value, patterns))
}

fn holds(node: &Node, patterns: &[Regex]) -> bool {
    match &node.value {
        Value::String(text) => patterns.iter().any(|pattern| pattern.is_match(text)),
        Value::Sequence(items) => items.iter().any(|item| holds(item, patterns)),
        Value::Mapping(entries) => entries.values().any(|entry| holds(&entry.value, patterns)),
        _ => false,
    }
}
