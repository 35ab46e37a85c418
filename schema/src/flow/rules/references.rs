//! References that Pebble reads as a subtraction: `inputs.a-b` is `inputs.a` minus `b`.

use std::borrow::Cow;

use regex::Regex;

use super::super::place::Place;
use super::super::problem::{Problem, Severity};
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
const SEARCHED: [&str; 3] =
    ["io.kestra.plugin.core.log.", "io.kestra.plugin.core.debug.", "io.kestra.plugin.core.flow."];

pub(super) fn dashes(subject: &Subject<'_>) -> Vec<Problem> {
    let inputs = dashed(&subject.inputs, "input", |id| format!(r"\{{\{{\s*inputs\.{id}\s*\}}\}}"));
    let outputs = dashed(&subject.tasks, "output", |id| format!(r"\{{\{{\s*outputs\.{id}\.[^}}]+\s*\}}\}}"));
    let flow_outputs = subject.root.items("outputs");
    [
        find(&inputs, "tasks", &subject.tasks),
        find(&outputs, "tasks", &subject.tasks),
        find(&outputs, "outputs", &flow_outputs),
    ]
    .concat()
}

/// An id with a dash and what a bad reference to it looks like.
struct Dashed<'flow> {
    /// `input` or `output`.
    referred: &'static str,
    id: Cow<'flow, str>,
    bad: Regex,
}

fn dashed<'flow>(
    places: &[Place<'flow>],
    referred: &'static str,
    pattern: fn(&str) -> String,
) -> Vec<Dashed<'flow>> {
    let ids = places.iter().filter_map(|place| place.text("id")).filter(|id| id.contains('-'));
    let dashed = |id: Cow<'flow, str>| {
        Some(Dashed { referred, bad: Regex::new(&pattern(&regex::escape(&id))).ok()?, id })
    };
    ids.filter_map(dashed).collect()
}

/// The places whose own properties hold a bad reference. Kestra names all of them in one message, which the
/// first error carries.
fn find(ids: &[Dashed<'_>], places_are: &str, places: &[Place<'_>]) -> Vec<Problem> {
    let hits =
        places.iter().filter_map(|place| Some((place, ids.iter().find(|id| is_offending(place, &id.bad))?)));
    let (problems, offenders): (Vec<Problem>, Vec<String>) = hits
        .map(|(place, id)| {
            let searched = places_are == "outputs" || is_searched(place);
            let problem = problem(place, id);
            let offender = place.text("id").unwrap_or_default().into_owned();
            (if searched { problem } else { problem.warning() }, offender)
        })
        .unzip();
    worded(problems, ids, places_are, &offenders.join(", "))
}

fn problem(place: &Place<'_>, Dashed { referred, id, .. }: &Dashed<'_>) -> Problem {
    let message = format!(
        "write `{referred}s['{id}']` instead of `{referred}s.{id}`: Pebble reads the dash as a minus"
    );
    Problem::at("dash-reference", place, message)
}

/// The problems, the first error with Kestra's words for all of them.
fn worded(mut problems: Vec<Problem>, ids: &[Dashed<'_>], places_are: &str, offenders: &str) -> Vec<Problem> {
    let first = problems.iter_mut().find(|problem| problem.severity == Severity::Error);
    if let (Some(first), Some(Dashed { referred, .. })) = (first, ids.first()) {
        *first = first.clone().of_flow(format!(
            "Invalid {referred} reference: use {referred}s[key-name] instead of {referred}s.key-name — keys with \
             dashes require bracket notation, offending {places_are}: [{offenders}]"
        ));
    }
    problems
}

fn is_searched(task: &Place<'_>) -> bool {
    task.text("type").is_some_and(|name| SEARCHED.iter().any(|package| name.starts_with(package)))
}

fn is_offending(place: &Place<'_>, bad: &Regex) -> bool {
    let Some(properties) = place.node.as_mapping() else {
        return false;
    };
    let mut own = properties.iter().filter(|(name, _)| !COMMON.contains(&name.as_str()));
    own.any(|(_, entry)| holds(&entry.value, bad))
}

fn holds(node: &Node, bad: &Regex) -> bool {
    match &node.value {
        Value::String(text) => bad.is_match(text),
        Value::Sequence(items) => items.iter().any(|item| holds(item, bad)),
        Value::Mapping(entries) => entries.values().any(|entry| holds(&entry.value, bad)),
        _ => false,
    }
}
