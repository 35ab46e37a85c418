//! Outputs that expressions use are those of tasks that exist and can have run.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::super::tasks::flowable_class;
use super::super::Subject;
use super::super::enough::ENOUGH;
use super::known::Known;
use super::order::Order;
use super::{Problem, references, warning};
use crate::expression::Site;
use crate::yaml::{Node, Value};

/// What a ForEachItem adds to its id for the steps it runs as.
const STEPS: [&str; 3] = ["_split", "_items", "_merge"];

/// Tasks that bring tasks which are kept elsewhere.
const BRINGS_TASKS: &str = "Template";

pub(in super::super) fn outputs(subject: &Subject<'_>) -> Vec<Problem> {
    let mut uses = references(subject).filter(|(_, path)| path.root.text == "outputs").peekable();
    if uses.peek().is_none() {
        return Vec::new();
    }
    let tasks = Tasks::of(subject);
    let problems = uses.filter_map(|(expression, path)| {
        let segment = path.segments.first()?;
        let id = segment.key.as_deref()?;
        let message = match tasks.places.get(id).map(Vec::as_slice) {
            None => tasks.unknown(id)?,
            Some([used]) => match expression.site {
                Site::Task(user) => format!("the task `{id}` {}", tasks.order.why_not(user, *used)?),
                _ => return None,
            },
            Some(_) => return None,
        };
        Some(warning("unknown-output", expression, &segment.range, message))
    });
    problems.take(ENOUGH).collect()
}

/// The tasks of a flow by id.
pub(super) struct Tasks<'subject> {
    pub(super) order: Order<'subject>,
    /// Where in the subject's tasks each id stands.
    places: BTreeMap<Cow<'subject, str>, Vec<usize>>,
    /// Every id that may be a task's.
    ids: Known<'subject>,
    /// Whether there may be tasks that the flow does not show.
    any: bool,
}

impl<'subject> Tasks<'subject> {
    pub(super) fn of(subject: &'subject Subject<'_>) -> Self {
        let of_class = |wanted: &'static str| {
            subject.tasks.iter().filter(move |task| flowable_class(task).as_deref() == Some(wanted))
        };
        let mut places: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (position, task) in subject.tasks.iter().enumerate() {
            if let Some(id) = task.text("id") {
                places.entry(id).or_default().push(position);
            }
        }
        let each_items = of_class("ForEachItem").filter_map(|task| task.text("id"));
        let mut ids: BTreeSet<Cow<'_, str>> =
            each_items.flat_map(|id| STEPS.map(|step| Cow::Owned(format!("{id}{step}")))).collect();
        collect_ids(subject.flow.root(), &mut ids);
        let any = of_class(BRINGS_TASKS).next().is_some();
        Self { order: Order::new(&subject.tasks), places, ids: ids.into_iter().collect(), any }
    }

    /// Where the task with an id stands, when there is only one.
    pub(super) fn only(&self, id: &str) -> Option<usize> {
        match self.places.get(id)?.as_slice() {
            [position] => Some(*position),
            _ => None,
        }
    }

    /// What is wrong with an id that none of the flow's tasks has.
    fn unknown(&self, id: &str) -> Option<String> {
        // A dash behind the name is for the rule of dashes.
        if self.any || self.ids.has_from(id, '-') {
            return None;
        }
        Some(format!("there is no task `{id}`{}", self.ids.did_you_mean(id)))
    }
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
