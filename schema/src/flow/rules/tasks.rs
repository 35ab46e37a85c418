//! The rules of tasks, wherever in a flow they stand.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::super::place::Place;
use super::super::problem::Problem;
use super::super::tasks::{flowable_class, unwrapped};
use super::Subject;
use super::duplicates;
use super::model::typed;
use super::text::{NOT_BLANK, NOT_EMPTY, NOT_NULL, TextRule, whole};
use super::value::duration;
use crate::line::KestraLine::{self, V1_3, V2_0};
use crate::yaml::Node;

const PATTERN: &str = "^[a-zA-Z0-9][a-zA-Z0-9_-]*";
static REGEX: LazyLock<Regex> = LazyLock::new(|| whole(PATTERN));
static ID: TextRule = TextRule {
    code: "task-id",
    required: &[NOT_NULL, NOT_BLANK],
    blank: true,
    pattern: Some((PATTERN, &REGEX)),
    size: Some((0, 256, "Task id must be at most 256 characters")),
};

/// Tasks that call a flow by `namespace` and `flowId`.
const CALLS: [&str; 5] = [
    "io.kestra.plugin.core.flow.Subflow",
    "io.kestra.plugin.core.flow.ForEachItem",
    "io.kestra.core.tasks.flows.Subflow",
    "io.kestra.core.tasks.flows.Flow",
    "io.kestra.core.tasks.flows.ForEachItem",
];

const SWITCH: [&str; 2] = ["io.kestra.plugin.core.flow.Switch", "io.kestra.core.tasks.flows.Switch"];

/// A flow has at least one task.
pub(super) fn any(subject: &Subject<'_>) -> Vec<Problem> {
    let problem = match subject.root.get("tasks") {
        None => Problem::missing("tasks", &subject.root, "tasks", "a flow needs at least one task"),
        Some(tasks) if tasks.node.as_sequence().is_some_and(<[_]>::is_empty) => {
            Problem::at("tasks", &tasks, "a flow needs at least one task")
        }
        Some(_) => return Vec::new(),
    };
    vec![problem.constraint(NOT_EMPTY)]
}

pub(super) fn ids(subject: &Subject<'_>) -> Vec<Problem> {
    subject.enough(subject.tasks.iter().filter(|task| is_map(task)).filter_map(|task| ID.check(task, "id")))
}

pub(super) fn types(subject: &Subject<'_>) -> Vec<Problem> {
    let wanted = wanted(subject);
    let problem = |task: &Place<'_>| {
        let problem = typed("task-type", task)?;
        let is_wanted = !is_map(task) && wanted.contains(&std::ptr::from_ref(task.node));
        Some(if is_wanted {
            Problem::at("task-type", task, problem.message).constraint(NOT_NULL)
        } else {
            problem
        })
    };
    subject.enough(subject.tasks.iter().filter_map(problem))
}

/// Flowable tasks that want a task at every place of `tasks`, and on which lines. The others drop what is none.
const STRICT: [(&str, &[KestraLine]); 3] =
    [("Parallel", &[V1_3]), ("EachParallel", &[V1_3]), ("Dag", &[V1_3, V2_0])];

/// The places that such tasks have.
fn wanted(subject: &Subject<'_>) -> BTreeSet<*const Node> {
    let is_strict = |task: &&Place<'_>| {
        let is_class = |class: &str| {
            STRICT.iter().any(|(strict, lines)| *strict == class && lines.contains(&subject.line))
        };
        flowable_class(task).is_some_and(|class| is_class(&class))
    };
    let items = subject.tasks.iter().filter(is_strict).flat_map(|task| task.items("tasks"));
    items.map(|item| std::ptr::from_ref(unwrapped(&item).node)).collect()
}

fn is_map(place: &Place<'_>) -> bool {
    place.node.as_mapping().is_some()
}

pub(super) fn duplicates(subject: &Subject<'_>) -> Vec<Problem> {
    duplicates::of("duplicate-task", "Duplicate task id with name", "", &subject.tasks)
}

pub(super) fn switches(subject: &Subject<'_>) -> Vec<Problem> {
    let words = "No task defined, neither cases or default have any tasks";
    let is_switch = |task: &&Place<'_>| task.text("type").is_some_and(|name| SWITCH.contains(&&*name));
    let is_empty = |task: &&Place<'_>| {
        let none = |name: &str| {
            task.get(name).is_none_or(|held| match (held.node.as_mapping(), held.node.as_sequence()) {
                (Some(cases), _) => cases.is_empty(),
                (_, Some(tasks)) => tasks.is_empty(),
                _ => false,
            })
        };
        none("cases") && none("defaults")
    };
    let problem = |task: &Place<'_>| {
        Problem::at("switch", task, "a Switch needs tasks in `cases` or `defaults`").constraint(words)
    };
    subject.enough(subject.tasks.iter().filter(is_switch).filter(is_empty).map(problem))
}

pub(super) fn recursive_calls(subject: &Subject<'_>) -> Vec<Problem> {
    let (Some(namespace), Some(id)) = (subject.flow.namespace(), subject.flow.id()) else {
        return Vec::new();
    };
    let calls_itself = |task: &&Place<'_>| {
        task.text("type").is_some_and(|name| CALLS.contains(&&*name))
            && task.text("namespace").as_ref() == Some(&namespace)
            && task.text("flowId").as_ref() == Some(&id)
    };
    let problem = |task: &Place<'_>| {
        let words = format!("Recursive call to flow [{namespace}.{id}]");
        let place = task.get("flowId").unwrap_or_else(|| task.clone());
        Problem::at("recursive-call", &place, "a flow may not call itself").of_flow(words)
    };
    subject.enough(subject.tasks.iter().filter(calls_itself).map(problem))
}

/// Kestra reads a task's timeout only when the task runs, so a bad one is no reason to refuse the flow.
pub(super) fn timeouts(subject: &Subject<'_>) -> Vec<Problem> {
    let bad = subject.tasks.iter().filter_map(|task| duration("timeout", task, "timeout"));
    subject.enough(bad.map(Problem::warning))
}
