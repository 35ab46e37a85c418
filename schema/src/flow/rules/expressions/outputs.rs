//! Outputs that expressions use are those of tasks that exist and can have run.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::super::tasks::flowable_class;
use super::super::Subject;
use super::order::Order;
use super::{Problem, did_you_mean, references, warning};
use crate::expression::Site;
use crate::yaml::{Node, Value};

/// What a ForEachItem adds to its id for the steps it runs as.
const STEPS: [&str; 3] = ["_split", "_items", "_merge"];

/// Tasks that bring tasks which are kept elsewhere.
const BRINGS_TASKS: &str = "Template";

pub(in super::super) fn outputs(subject: &Subject<'_>) -> Vec<Problem> {
    let mut ids = BTreeSet::new();
    collect_ids(subject.flow.root(), &mut ids);
    let order = Order::new(&subject.tasks);
    let of_class = |wanted: &'static str| {
        subject.tasks.iter().filter(move |task| flowable_class(task).as_deref() == Some(wanted))
    };
    let any_task = of_class(BRINGS_TASKS).next().is_some();
    let each_items = of_class("ForEachItem").filter_map(|task| task.text("id"));
    ids.extend(each_items.flat_map(|id| STEPS.map(|step| Cow::Owned(format!("{id}{step}")))));
    let places = positions(subject);
    let problems = references(subject, "outputs").filter_map(|(expression, reference)| {
        let segment = reference.path.segments.first()?;
        let id = segment.key.as_deref()?;
        let message = match places.get(id).map(Vec::as_slice) {
            // A dash behind the name is for the rule of dashes.
            None if any_task || ids.iter().any(|known| is_start_of(id, known)) => return None,
            None => {
                let cure = did_you_mean(id, ids.iter().map(|id| &**id));
                format!("there is no task `{id}`{cure}")
            }
            Some([used]) => match expression.site {
                Site::Task(user) => format!("the task `{id}` {}", order.why_not(user, *used)?),
                _ => return None,
            },
            Some(_) => return None,
        };
        Some(warning("unknown-output", expression, &segment.range, message))
    });
    problems.collect()
}

fn is_start_of(id: &str, known: &str) -> bool {
    known.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Where in the subject's tasks each id stands.
fn positions(subject: &Subject<'_>) -> BTreeMap<String, Vec<usize>> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (position, task) in subject.tasks.iter().enumerate() {
        if let Some(id) = task.text("id") {
            places.entry(id.into_owned()).or_default().push(position);
        }
    }
    places
}

/// The ids of everything that has an id and a type; plugins may nest tasks in ways of their own.
fn collect_ids<'flow>(node: &'flow Node, ids: &mut BTreeSet<Cow<'flow, str>>) {
    match &node.value {
        Value::Sequence(items) => items.iter().for_each(|item| collect_ids(item, ids)),
        Value::Mapping(entries) => {
            if node.get("type").is_some() {
                ids.extend(node.get("id").and_then(Node::text));
            }
            entries.values().for_each(|entry| collect_ids(&entry.value, ids));
        }
        _ => {}
    }
}
