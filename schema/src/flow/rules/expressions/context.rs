//! Variables that exist only in some places: of triggers, of loops, and those people misspell.

use std::borrow::Cow;

use super::super::super::place::Place;
use super::super::super::tasks::flowable_class;
use super::super::Subject;
use super::super::enough::ENOUGH;
use super::order::Order;
use super::{Problem, references, warning};
use crate::expression::{Expression, Path, Site};
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
const OF_PARENT: [&str; 8] = [
    "executionId",
    "namespace",
    "flowId",
    "flowRevision",
    "taskId",
    "taskRunId",
    "taskRunValue",
    "taskRunIteration",
];

/// Flowable tasks whose tasks have no value of their own.
const WITHOUT_VALUE: [&str; 7] =
    ["Sequential", "Parallel", "If", "Dag", "AllowFailure", "WorkingDirectory", "Pause"];

pub(in super::super) fn context(subject: &Subject<'_>) -> Vec<Problem> {
    let context = Context { subject, order: Order::new(&subject.tasks) };
    let problem = |(expression, path): (&Expression<'_>, &Path)| {
        let message = context.complaint(expression, path)?;
        Some(warning("context", expression, &path.written(), message))
    };
    references(subject).filter_map(problem).take(ENOUGH).collect()
}

struct Context<'subject> {
    subject: &'subject Subject<'subject>,
    order: Order<'subject>,
}

impl Context<'_> {
    /// What is wrong with the use of a variable in an expression.
    fn complaint(&self, expression: &Expression<'_>, path: &Path) -> Option<String> {
        match (path.root.text.as_str(), path.first()) {
            ("trigger", Some(part)) => self.trigger(part),
            ("taskrun", Some("value")) => self.value(expression),
            ("item", _) => self.item(expression),
            (root, part) => misspelled(root).or_else(|| unknown_part(root, part?)),
        }
    }

    /// Without triggers, only another flow can start an execution that knows its trigger.
    fn trigger(&self, part: &str) -> Option<String> {
        let is_unknown = self.subject.triggers.is_empty() && !OF_PARENT.contains(&part);
        let message = "this flow has no trigger, so `trigger` is empty; write `trigger.… ?? …`";
        is_unknown.then(|| message.to_owned())
    }

    /// `taskrun.value` is what a loop or a Switch works on.
    fn value(&self, expression: &Expression<'_>) -> Option<String> {
        let without = |class: Cow<'_, str>| WITHOUT_VALUE.contains(&&*class);
        let (task, mut around) = self.surroundings(expression)?;
        if flowable_class(task).is_some() || !around.all(|task| flowable_class(task).is_some_and(without)) {
            return None;
        }
        Some(match self.subject.line {
            V1_3 => "`taskrun.value` exists only inside a loop or a Switch".to_owned(),
            V2_0 => "`taskrun.value` exists only inside a Switch; a Loop has `item.value`".to_owned(),
        })
    }

    /// `item` is what a Loop of 2.0 works on.
    fn item(&self, expression: &Expression<'_>) -> Option<String> {
        let (task, around) = self.surroundings(expression)?;
        let mut all = around.chain([task]);
        let inside = all.any(|task| flowable_class(task).as_deref() == Some("Loop"));
        (self.subject.line == V2_0 && !inside).then(|| "`item` exists only inside a Loop".to_owned())
    }

    /// The task that renders an expression, and the flowable tasks around it.
    fn surroundings(
        &self,
        expression: &Expression<'_>,
    ) -> Option<(&Place<'_>, impl Iterator<Item = &Place<'_>>)> {
        match expression.site {
            Site::Task(position) => Some((&self.subject.tasks[position], self.order.around(position))),
            _ => None,
        }
    }
}

fn misspelled(root: &str) -> Option<String> {
    let (wrong, right) = MISSPELLED.iter().find(|(wrong, _)| *wrong == root)?;
    Some(format!("there is no variable `{wrong}`; did you mean `{right}`?"))
}

fn unknown_part(root: &str, part: &str) -> Option<String> {
    let (_, parts) = PARTS.iter().find(|(known, parts)| *known == root && !parts.contains(&part))?;
    Some(format!("`{root}` has no `{part}`; it has {}", parts.join(", ")))
}
