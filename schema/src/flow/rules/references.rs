//! References that Pebble reads as a subtraction: `inputs.a-b` is `inputs.a` minus `b`.

use std::borrow::Cow;

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
    let inputs = dashed(&subject.inputs, "input");
    let outputs = dashed(&subject.tasks, "output");
    let flow_outputs = subject.root.items("outputs");
    [
        find(&inputs, "tasks", &subject.tasks),
        find(&outputs, "tasks", &subject.tasks),
        find(&outputs, "outputs", &flow_outputs),
    ]
    .concat()
}

/// An id with a dash.
struct Dashed<'flow> {
    /// `input` or `output`.
    referred: &'static str,
    id: Cow<'flow, str>,
}

impl Dashed<'_> {
    /// Whether `text` has `{{ inputs.<id> }}` or `{{ outputs.<id>.<anything> }}`, as Kestra looks for them.
    fn is_misused(&self, text: &str) -> bool {
        let mut pieces = text.split("}}").peekable();
        while let Some(piece) = pieces.next() {
            let inside = piece.rsplit('}').next().unwrap_or_default();
            let mut starts = inside.as_bytes().windows(2).enumerate().filter(|(_, pair)| *pair == b"{{");
            if pieces.peek().is_some() && starts.any(|(at, _)| self.fills(&inside[at + 2..])) {
                return true;
            }
        }
        false
    }

    /// Whether an expression is nothing but a bad reference.
    fn fills(&self, expression: &str) -> bool {
        let id = expression.trim_start().strip_prefix(self.referred).and_then(|rest| rest.strip_prefix("s."));
        let Some(rest) = id.and_then(|id| id.strip_prefix(&*self.id)) else {
            return false;
        };
        match self.referred {
            "input" => rest.trim_start().is_empty(),
            _ => rest.strip_prefix('.').is_some_and(|rest| !rest.is_empty()),
        }
    }
}

fn dashed<'flow>(places: &[Place<'flow>], referred: &'static str) -> Vec<Dashed<'flow>> {
    let ids = places.iter().filter_map(|place| place.text("id")).filter(|id| id.contains('-'));
    ids.map(|id| Dashed { referred, id }).collect()
}

/// The places whose own properties hold a bad reference. Kestra names all of them in one message, which the
/// first error carries.
fn find(ids: &[Dashed<'_>], places_are: &str, places: &[Place<'_>]) -> Vec<Problem> {
    let hits =
        places.iter().filter_map(|place| Some((place, ids.iter().find(|id| is_offending(place, id))?)));
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

fn problem(place: &Place<'_>, Dashed { referred, id }: &Dashed<'_>) -> Problem {
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

fn is_offending(place: &Place<'_>, id: &Dashed<'_>) -> bool {
    let Some(properties) = place.node.as_mapping() else {
        return false;
    };
    let mut own = properties.iter().filter(|(name, _)| !COMMON.contains(&name.as_str()));
    own.any(|(_, entry)| holds(&entry.value, id))
}

fn holds(node: &Node, id: &Dashed<'_>) -> bool {
    match &node.value {
        Value::String(text) => id.is_misused(text),
        Value::Sequence(items) => items.iter().any(|item| holds(item, id)),
        Value::Mapping(entries) => entries.values().any(|entry| holds(&entry.value, id)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_references_fill_their_expression() {
        let input = Dashed { referred: "input", id: "a-b".into() };
        let output = Dashed { referred: "output", id: "a-b".into() };
        for (text, of_input, of_output) in [
            ("{{ inputs.a-b }}", true, false),
            ("x {{inputs.a-b}} y", true, false),
            ("{{{ inputs.a-b\n}}}", true, false),
            ("{{ inputs.a-b }", false, false),
            ("{{ inputs.a-b } }}", false, false),
            ("{{ inputs.a-b | upper }}", false, false),
            ("{{ inputs.a-bc }}", false, false),
            ("{{ outputs.a-b.x }}", false, true),
            ("{{ 1 }} {{ 2 {{ outputs.a-b.x | upper }}", false, true),
            ("{{ outputs.a-b }}", false, false),
            ("{{ outputs.a-b.}}", false, false),
            ("{{ outputs.a-b.x } }}", false, false),
            ("{{ 1 + outputs.a-b.x }}", false, false),
        ] {
            assert_eq!((input.is_misused(text), output.is_misused(text)), (of_input, of_output), "{text}");
        }
    }
}
