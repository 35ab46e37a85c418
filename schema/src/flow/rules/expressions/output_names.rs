//! Outputs that expressions name are among those that their task has.

use super::super::Subject;
use super::super::enough::ENOUGH;
use super::order::runs_once;
use super::outputs::Tasks;
use super::{Problem, references, warning};
use crate::catalog::did_you_mean;
use crate::expression::{Expression, Path, Site};

pub(in super::super) fn names(subject: &Subject<'_>) -> Vec<Problem> {
    let mut uses = references(subject).filter(|(_, path)| path.root.text == "outputs").peekable();
    if uses.peek().is_none() {
        return Vec::new();
    }
    let tasks = Tasks::of(subject);
    uses.filter_map(|(expression, path)| unknown(subject, &tasks, expression, path)).take(ENOUGH).collect()
}

fn unknown(
    subject: &Subject<'_>,
    tasks: &Tasks<'_>,
    expression: &Expression<'_>,
    path: &Path,
) -> Option<Problem> {
    let [task, output, ..] = path.segments.as_slice() else { return None };
    let (id, name) = (task.key.as_deref()?, output.key.as_deref()?);
    let position = tasks.only(id)?;
    // What runs several times may have its outputs under the values it has run for.
    if !tasks.order.around(position).all(runs_once) {
        return None;
    }
    // That the task cannot have run says enough.
    if matches!(expression.site, Site::Task(user) if tasks.order.why_not(user, position).is_some()) {
        return None;
    }
    let kind = subject.tasks[position].text("type")?;
    let outputs = subject.uses.catalog.plugin(&kind)?.outputs.as_ref()?;
    if outputs.iter().any(|known| known == name) {
        return None;
    }
    Some(warning("output-name", expression, &output.range, message(id, name, outputs)))
}

fn message(id: &str, name: &str, outputs: &[String]) -> String {
    let cure = did_you_mean(name, outputs.iter().map(String::as_str));
    match outputs {
        [] => format!("the task `{id}` has no outputs"),
        _ if cure.is_empty() => {
            format!("the task `{id}` has no output `{name}`; it has {}", outputs.join(", "))
        }
        _ => format!("the task `{id}` has no output `{name}`{cure}"),
    }
}
