//! Variables that exist only in some places: of triggers, of loops, and those people misspell.

use std::borrow::Cow;

use super::super::super::place::Place;
use super::super::super::tasks::flowable_class;
use super::super::Subject;
use super::order::Order;
use super::{Problem, references, warning};
use crate::expression::{Expression, Path, Reference, Site};
use crate::line::KestraLine::{V1_3, V2_0};

/// What people write instead of a variable's name. Kestra has none of these.
const MISSPELLED: &[(&str, &str)] = &[
    ("input", "inputs"),
    ("output", "outputs"),
    ("variables", "vars"),
    ("var", "vars"),
    ("env", "envs"),
    ("global", "globals"),
    ("label", "labels"),
    ("triggers", "trigger"),
    ("taskRun", "taskrun"),
    ("taskruns", "taskrun"),
    ("executions", "execution"),
    ("flows", "flow"),
];

/// The parts of variables that have the same ones everywhere.
const PARTS: &[(&str, &[&str])] =
    &[("flow", &["id", "namespace", "revision", "tenantId"]), ("task", &["id", "type"])];

/// What an execution that another flow started knows of it, without any trigger of its own.
const OF_PARENT: [&str; 5] = ["executionId", "namespace", "flowId", "flowRevision", "taskRunId"];

/// Flowable tasks whose tasks have no value of their own.
const WITHOUT_VALUE: [&str; 7] =
    ["Sequential", "Parallel", "If", "Dag", "AllowFailure", "WorkingDirectory", "Pause"];

pub(in super::super) fn context(subject: &Subject<'_>) -> Vec<Problem> {
    [misspelled(subject), parts(subject), triggers(subject), values(subject), items(subject)].concat()
}

/// A problem for each use of `root` about which `complaint` has something to say.
fn complaints(
    subject: &Subject<'_>,
    root: &'static str,
    complaint: impl Fn(&Expression<'_>, &Path) -> Option<String>,
) -> Vec<Problem> {
    let problem = |(expression, reference): (&Expression<'_>, Reference<'_>)| {
        let message = complaint(expression, reference.path)?;
        Some(warning("context", expression, &reference.path.written(), message))
    };
    references(subject, root).filter_map(problem).collect()
}

fn misspelled(subject: &Subject<'_>) -> Vec<Problem> {
    let of = |(wrong, right): &(&'static str, &str)| {
        let message = format!("there is no variable `{wrong}`; did you mean `{right}`?");
        complaints(subject, wrong, |_, _| Some(message.clone()))
    };
    MISSPELLED.iter().flat_map(of).collect()
}

fn parts(subject: &Subject<'_>) -> Vec<Problem> {
    let of = |(root, parts): &(&'static str, &[&str])| {
        complaints(subject, root, |_, path| {
            let part = path.first().filter(|part| !parts.contains(part))?;
            Some(format!("`{root}` has no `{part}`; it has {}", parts.join(", ")))
        })
    };
    PARTS.iter().flat_map(of).collect()
}

/// Without triggers, only another flow can start an execution that knows its trigger.
fn triggers(subject: &Subject<'_>) -> Vec<Problem> {
    if !subject.triggers.is_empty() {
        return Vec::new();
    }
    complaints(subject, "trigger", |_, path| {
        path.first().filter(|part| !OF_PARENT.contains(part))?;
        Some("this flow has no trigger, so `trigger` is empty; write `trigger.… ?? …`".to_owned())
    })
}

/// `taskrun.value` is what a loop or a Switch works on.
fn values(subject: &Subject<'_>) -> Vec<Problem> {
    let order = Order::new(&subject.tasks);
    let without_value =
        |task: &Place<'_>| flowable_class(task).is_some_and(|class| WITHOUT_VALUE.contains(&&*class));
    let message = match subject.line {
        V1_3 => "`taskrun.value` exists only inside a loop or a Switch",
        V2_0 => "`taskrun.value` exists only inside a Switch; a Loop has `item.value`",
    };
    complaints(subject, "taskrun", |expression, path| {
        let Site::Task(position) = expression.site else {
            return None;
        };
        let task = &subject.tasks[position];
        let has_none = flowable_class(task).is_none() && order.around(&task.path).all(without_value);
        (path.first() == Some("value") && has_none).then(|| message.to_owned())
    })
}

/// `item` is what a Loop of 2.0 works on.
fn items(subject: &Subject<'_>) -> Vec<Problem> {
    if subject.line != V2_0 {
        return Vec::new();
    }
    let order = Order::new(&subject.tasks);
    let is_loop = |class: Option<Cow<'_, str>>| class.as_deref() == Some("Loop");
    complaints(subject, "item", |expression, _| {
        let Site::Task(position) = expression.site else {
            return None;
        };
        let task = &subject.tasks[position];
        let mut around = std::iter::once(task).chain(order.around(&task.path));
        let outside = !around.any(|task| is_loop(flowable_class(task)));
        outside.then(|| "`item` exists only inside a Loop".to_owned())
    })
}
