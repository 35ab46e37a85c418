//! The rules of WorkingDirectory, whose tasks one worker runs in one folder: all of them must be tasks for workers.

use super::super::place::Place;
use super::super::problem::Problem;
use super::Subject;
use crate::catalog::Catalog;
use crate::line::KestraLine::{V1_3, V2_0};

const CLASS: &str = "io.kestra.plugin.core.flow.WorkingDirectory";

/// What decides which worker runs a task, and what Kestra says about it inside a WorkingDirectory.
const ROUTED: [(&str, &str); 2] = [
    (
        "workerGroup",
        "Cannot set a Worker Group in any WorkingDirectory sub-tasks, it is only supported at the WorkingDirectory level",
    ),
    (
        "workerSelector",
        "Cannot set routing requirements (workerSelector) on WorkingDirectory sub-tasks, only the WorkingDirectory itself can carry them",
    ),
];

pub(super) fn children(subject: &Subject<'_>) -> Vec<Problem> {
    subject.enough(subject.uses.of_class(CLASS).filter_map(|directory| broken(directory, subject)))
}

fn broken(directory: &Place<'_>, subject: &Subject<'_>) -> Option<Problem> {
    let tasks = directory.items("tasks");
    let catalog = subject.uses.catalog;
    let (place, human, words) = if tasks.is_empty() {
        let place = directory.get("tasks").unwrap_or_else(|| directory.clone());
        (place, "needs at least one task".to_owned(), "The 'tasks' property cannot be empty")
    } else if let Some(task) = tasks.iter().find(|task| !is_for_workers(task, catalog)) {
        let place = task.get("type").unwrap_or_else(|| task.clone());
        let human = "no worker runs this task: a WorkingDirectory takes neither flowable tasks nor subflows";
        (place, human.to_owned(), "Only runnable tasks are allowed as children of a WorkingDirectory task")
    } else {
        let (name, words) = match subject.line {
            V1_3 => ROUTED[0],
            V2_0 => ROUTED[1],
        };
        let place = tasks.iter().find_map(|task| task.get(name))?;
        (place, format!("set `{name}` on the WorkingDirectory: one worker runs all its tasks"), words)
    };
    let problem = Problem::at("working-directory", &place, human);
    Some(Problem { path: directory.path.clone(), ..problem }.constraint(words))
}

/// Of plugins that the catalog does not know, nobody knows.
fn is_for_workers(task: &Place<'_>, catalog: &Catalog) -> bool {
    let name = task.text("type").unwrap_or_default();
    task.node.as_mapping().is_some() && catalog.plugin(&name).is_none_or(|entry| !entry.executor)
}
