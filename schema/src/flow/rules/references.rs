//! References that Pebble reads as a subtraction: `inputs.a-b` is `inputs.a` minus `b`.

use std::borrow::Cow;

use indexmap::IndexSet;

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
    let inputs = Dashed::of(&subject.inputs, "input");
    let outputs = Dashed::of(&subject.tasks, "output");
    let flow_outputs = subject.root.items("outputs");
    let found = [
        find(&inputs, "tasks", &subject.tasks),
        find(&outputs, "tasks", &subject.tasks),
        find(&outputs, "outputs", &flow_outputs),
    ];
    subject.enough(found.concat())
}

/// Ids with a dash, in the order of the flow.
struct Dashed<'flow> {
    /// `input` or `output`.
    referred: &'static str,
    ids: IndexSet<Cow<'flow, str>>,
}

impl Dashed<'_> {
    fn of<'flow>(places: &[Place<'flow>], referred: &'static str) -> Dashed<'flow> {
        let ids = places.iter().filter_map(|place| place.text("id")).filter(|id| id.contains('-'));
        Dashed { referred, ids: ids.collect() }
    }

    /// The positions of the ids that `text` has as `{{ inputs.<id> }}` or `{{ outputs.<id>.<anything> }}`, as Kestra looks
    /// for them.
    fn misused(&self, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let mut pieces = text.split("}}").peekable();
        while let Some(piece) = pieces.next() {
            let inside = piece.rsplit('}').next().unwrap_or_default();
            if pieces.peek().is_some() {
                let starts = inside.as_bytes().windows(2).enumerate().filter(|(_, pair)| *pair == b"{{");
                found.extend(starts.filter_map(|(at, _)| self.filling(&inside[at + 2..])));
            }
        }
        found
    }

    /// The id to which an expression is nothing but a bad reference.
    fn filling(&self, expression: &str) -> Option<usize> {
        let rest = expression.trim_start().strip_prefix(self.referred)?.strip_prefix("s.")?;
        let id = match self.referred {
            "input" => rest.trim_end(),
            _ => rest.split_once('.').filter(|(_, rest)| !rest.is_empty())?.0,
        };
        self.ids.get_index_of(id)
    }
}

/// The places whose own properties hold a bad reference. Kestra names all of them in one message, which the
/// first error carries.
fn find(dashed: &Dashed<'_>, places_are: &str, places: &[Place<'_>]) -> Vec<Problem> {
    let hits = places.iter().filter_map(|place| Some((place, offence(place, dashed)?)));
    let (problems, offenders): (Vec<Problem>, Vec<String>) = hits
        .map(|(place, id)| {
            let searched = places_are == "outputs" || is_searched(place);
            let problem = problem(place, dashed.referred, id);
            let offender = place.text("id").unwrap_or_default().into_owned();
            (if searched { problem } else { problem.warning() }, offender)
        })
        .unzip();
    worded(problems, dashed.referred, places_are, &offenders.join(", "))
}

fn problem(place: &Place<'_>, referred: &str, id: &str) -> Problem {
    let message = format!(
        "write `{referred}s['{id}']` instead of `{referred}s.{id}`: Pebble reads the dash as a minus"
    );
    Problem::at("dash-reference", place, message)
}

/// The problems, the first error with Kestra's words for all of them.
fn worded(mut problems: Vec<Problem>, referred: &str, places_are: &str, offenders: &str) -> Vec<Problem> {
    let first = problems.iter_mut().find(|problem| problem.severity == Severity::Error);
    if let Some(first) = first {
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

/// The first id of the flow that a place refers to badly.
fn offence<'dashed>(place: &Place<'_>, dashed: &'dashed Dashed<'_>) -> Option<&'dashed str> {
    if dashed.ids.is_empty() {
        return None;
    }
    let own = place.node.as_mapping()?.iter().filter(|(name, _)| !COMMON.contains(&name.as_str()));
    let first = own.filter_map(|(_, entry)| first_misused(&entry.value, dashed)).min()?;
    dashed.ids.get_index(first).map(|id| &**id)
}

fn first_misused(node: &Node, dashed: &Dashed<'_>) -> Option<usize> {
    match &node.value {
        Value::String(text) => dashed.misused(text).into_iter().min(),
        Value::Sequence(items) => items.iter().filter_map(|item| first_misused(item, dashed)).min(),
        Value::Mapping(entries) => {
            entries.values().filter_map(|entry| first_misused(&entry.value, dashed)).min()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_references_fill_their_expression() {
        let [input, output] =
            ["input", "output"].map(|referred| Dashed { referred, ids: IndexSet::from(["a-b".into()]) });
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
            assert_eq!(
                (!input.misused(text).is_empty(), !output.misused(text).is_empty()),
                (of_input, of_output),
                "{text}"
            );
        }
    }
}
