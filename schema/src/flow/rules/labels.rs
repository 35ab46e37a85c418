//! The rules of labels, which are a map or a list of `key` and `value`: those of the flow, and those that its tasks,
//! triggers and agreements give to executions.

use std::sync::LazyLock;

use regex::Regex;

use super::super::path::{Path, Step};
use super::super::place::Place;
use super::super::problem::{ELEMENT, Problem, Wording};
use super::Subject;
use super::text::{NOT_EMPTY, whole};
use super::value::{found, unreadable};
use crate::catalog::Kind;
use crate::yaml::{Node, Span, Value, kestra_words};

static KEY: LazyLock<Regex> = LazyLock::new(|| whole(r"\p{Ll}[\p{L}0-9._-]*"));

const BAD_KEY: &str = "Invalid label key. A valid key contains only lowercase letters numbers hyphens (-) underscores (_) \
                       or periods (.) and must begin with a lowercase letter.";

/// What labels executions, beside triggers.
const STARTERS: [&str; 4] = [
    "io.kestra.plugin.core.flow.Subflow",
    "io.kestra.plugin.core.flow.ForEachItem",
    "io.kestra.core.models.flows.sla.types.MaxDurationSLA",
    "io.kestra.core.models.flows.sla.types.ExecutionAssertionSLA",
];

/// The code of problems with labels of executions.
const OF_EXECUTIONS: &str = "execution-labels";

const SHAPE: &str = "labels are a map, or a list of maps with `key` and `value`";

/// The one system label a flow may carry.
const READ_ONLY: &str = "system.readOnly";

struct Label<'flow> {
    /// `labels[0]`, whichever way the labels are written.
    path: Path,
    key: &'flow str,
    key_span: Span,
    /// `None` for an item of a list that has no value.
    value: Option<&'flow Node>,
}

fn all<'flow>(root: &Place<'flow>) -> Vec<Label<'flow>> {
    let Some(labels) = root.get("labels") else {
        return Vec::new();
    };
    let path = |index| labels.path.then(Step::Index(index));
    match &labels.node.value {
        Value::Mapping(entries) => {
            let label = |(index, (key, entry)): (usize, (&'flow String, &'flow crate::yaml::Entry))| Label {
                path: path(index),
                key,
                key_span: entry.key_span,
                value: Some(&entry.value),
            };
            entries.iter().enumerate().map(label).collect()
        }
        Value::Sequence(items) => {
            let label = |(index, item): (usize, &'flow Node)| {
                item.as_mapping()?;
                let key = item.get("key").filter(|key| !key.is_null());
                Some(Label {
                    path: path(index),
                    key: key.map_or(Some(""), Node::as_str)?,
                    key_span: key.unwrap_or(item).span,
                    value: item.get("value"),
                })
            };
            items.iter().enumerate().filter_map(label).collect()
        }
        _ => Vec::new(),
    }
}

pub(super) fn labels(subject: &Subject<'_>) -> Vec<Problem> {
    let broken = |label: &Label<'_>| [unreadable_value(label).or_else(|| empty_value(label)), bad_key(label)];
    let labels = all(&subject.root);
    let unread = unreadable_items("labels", &subject.root);
    subject.enough(labels.iter().flat_map(broken).flatten().chain(unread))
}

fn empty_value(label: &Label<'_>) -> Option<Problem> {
    let node = label.value.filter(|value| value.as_str() == Some(""))?;
    let place = Place { node, path: label.path.property("value") };
    Some(Problem::at("labels", &place, "a label needs a value").constraint(NOT_EMPTY))
}

/// A value that Kestra's reader makes no text of.
fn unreadable_value(label: &Label<'_>) -> Option<Problem> {
    if label.value.is_some_and(|value| value.text().is_some()) {
        return None;
    }
    let value = label.value.map_or_else(|| "null".to_owned(), |value| value.to_json().to_string());
    let words = format!("Unsupported type for key: {}, value: {value}", label.key);
    let span = label.value.map_or(label.key_span, |value| value.span);
    let human = "a label's value must be a text, a number or a boolean".to_owned();
    let problem = Problem::new("labels", label.path.property("value"), span, human);
    Some(problem.worded(Wording::Source(kestra_words(&words, span.start, None))))
}

fn bad_key(label: &Label<'_>) -> Option<Problem> {
    if KEY.is_match(label.key) {
        return None;
    }
    let human = format!(
        "`{}` must begin with a lowercase letter and hold only letters, digits, `.`, `_` and `-`",
        label.key
    );
    let empty = label.key.is_empty().then(|| NOT_EMPTY.to_owned());
    let messages = empty.into_iter().chain([BAD_KEY.to_owned()]).collect();
    Some(
        Problem::new("labels", label.path.property("key"), label.key_span, human)
            .worded(Wording::Constraints(messages)),
    )
}

pub(super) fn system(subject: &Subject<'_>) -> Vec<Problem> {
    let labels = all(&subject.root);
    let offending = labels.iter().filter(|label| is_system(label));
    let problem = |label: &Label<'_>| {
        system_problem("system-label", label, label.path.property("key")).of_flow(system_words(label))
    };
    subject.enough(offending.map(problem))
}

/// Labels of executions, which Kestra reads less strictly than those of flows.
pub(super) fn of_executions(subject: &Subject<'_>) -> Vec<Problem> {
    let of_class = |class| subject.uses.of_class(class);
    let triggers = subject.uses.of_kind(Kind::Trigger);
    let holders = STARTERS.into_iter().flat_map(of_class).chain(triggers);
    subject.enough(holders.flat_map(|holder| [unreadable_labels(holder), broken_labels(holder)].concat()))
}

fn broken_labels(holder: &Place<'_>) -> Vec<Problem> {
    // Of labels in a map, Kestra drops those that hold nothing.
    let is_map = holder.get("labels").is_some_and(|labels| labels.node.as_mapping().is_some());
    let broken = |label: Label<'_>| {
        let element = label.path.property(ELEMENT);
        let is_dropped = is_map && label.value.is_some_and(Node::is_null);
        let system = || {
            system_problem(OF_EXECUTIONS, &label, element.clone())
                .constraint(format!("{}.", system_words(&label)))
        };
        let unreadable = unreadable_value(&label).filter(|_| !is_dropped);
        unreadable.or_else(|| label.key.starts_with("system.").then(system))
    };
    all(holder).into_iter().filter_map(broken).collect()
}

/// Labels of executions that are neither a map nor a list of maps with keys.
fn unreadable_labels(holder: &Place<'_>) -> Vec<Problem> {
    let Some(labels) = holder.get("labels") else {
        return Vec::new();
    };
    if labels.node.as_sequence().is_none() && labels.node.as_mapping().is_none() {
        let words = "Unable to deserialize value as it's neither an object neither an array";
        return vec![unreadable(OF_EXECUTIONS, &labels, SHAPE.to_owned(), words)];
    }
    let keyless = labels.elements().into_iter().filter(|item| item.node.as_mapping().is_some());
    let keyless = keyless.filter(|item| item.get("key").is_none());
    let keyless = keyless.map(|item| Problem::at(OF_EXECUTIONS, &item, SHAPE).constraint(NOT_EMPTY));
    keyless.chain(unreadable_items(OF_EXECUTIONS, holder)).collect()
}

/// Items of a list of labels that are no maps, or whose keys are no texts.
fn unreadable_items(code: &'static str, holder: &Place<'_>) -> Vec<Problem> {
    let is_read = |item: &Place<'_>| {
        item.node.as_mapping().is_some() && item.get("key").is_none_or(|key| key.node.as_str().is_some())
    };
    let unread = holder.items("labels").into_iter().filter(|item| !is_read(item));
    let words = |item: &Place<'_>| format!("Cannot read a label from {}", found(item.node));
    unread.map(|item| unreadable(code, &item, SHAPE.to_owned(), &words(&item))).collect()
}

fn is_system(label: &Label<'_>) -> bool {
    label.key.starts_with("system.") && label.key != READ_ONLY
}

fn system_words(label: &Label<'_>) -> String {
    let value = label.value.and_then(Node::text).unwrap_or_default();
    format!("System labels can only be set by Kestra itself, offending label: {}={value}", label.key)
}

fn system_problem(code: &'static str, label: &Label<'_>, path: Path) -> Problem {
    let human = format!("`{}` is Kestra's own; use a key without `system.`", label.key);
    Problem::new(code, path, label.key_span, human)
}
