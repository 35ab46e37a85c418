//! The rules of labels, which are a map or a list of `key` and `value`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::path::{Path, Step};
use super::super::place::Place;
use super::super::problem::{Problem, Wording};
use super::Subject;
use super::text::{NOT_EMPTY, whole};
use super::value::unreadable;
use crate::yaml::{Node, Span, Value};

static KEY: LazyLock<Regex> = LazyLock::new(|| whole(r"\p{Ll}[\p{L}0-9._-]*"));

const BAD_KEY: &str = "Invalid label key. A valid key contains only lowercase letters numbers hyphens (-) underscores (_) \
                       or periods (.) and must begin with a lowercase letter.";

/// The one system label a flow may carry.
const READ_ONLY: &str = "system.readOnly";

struct Label<'flow> {
    /// `labels[0]`, whichever way the labels are written.
    path: Path,
    key: &'flow str,
    key_span: Span,
    value: &'flow Node,
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
                value: &entry.value,
            };
            entries.iter().enumerate().map(label).collect()
        }
        Value::Sequence(items) => {
            let label = |(index, item): (usize, &'flow Node)| {
                let key = item.get("key")?;
                Some(Label {
                    path: path(index),
                    key: key.as_str()?,
                    key_span: key.span,
                    value: item.get("value")?,
                })
            };
            items.iter().enumerate().filter_map(label).collect()
        }
        _ => Vec::new(),
    }
}

pub(super) fn labels(subject: &Subject<'_>) -> Vec<Problem> {
    let labels = all(&subject.root);
    subject.enough(labels.iter().flat_map(|label| [bad_value(label), bad_key(label)]).flatten())
}

fn bad_value(label: &Label<'_>) -> Option<Problem> {
    let place = Place { node: label.value, path: label.path.property("value") };
    match label.value.text() {
        Some(text) if text.is_empty() => {
            Some(Problem::at("labels", &place, "a label needs a value").constraint(NOT_EMPTY))
        }
        Some(_) => None,
        None => {
            let words = format!("Unsupported type for key: {}, value: {}", label.key, label.value.to_json());
            let human = "a label's value must be a text, a number or a boolean".to_owned();
            Some(unreadable("labels", &place, human, &words))
        }
    }
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
    let offending = labels.iter().filter(|label| label.key.starts_with("system.") && label.key != READ_ONLY);
    let problem = |label: &Label<'_>| {
        let value = label.value.text().unwrap_or_default();
        let words =
            format!("System labels can only be set by Kestra itself, offending label: {}={value}", label.key);
        let human = format!("`{}` is Kestra's own; use a key without `system.`", label.key);
        Problem::new("system-label", label.path.property("key"), label.key_span, human).of_flow(words)
    };
    subject.enough(offending.map(problem))
}
