//! Which tasks cannot have run when another one runs. Only what is certain counts: in a loop, or beside each
//! other in a Parallel, tasks may have run.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::super::path::{Path, Step};
use super::super::super::place::Place;
use super::super::super::tasks::flowable_class;
use super::super::dag::{Dependencies, dependencies_of};

/// Flowable tasks that run what they hold at most once.
const ONCE: [&str; 8] =
    ["Sequential", "Parallel", "If", "Switch", "Dag", "AllowFailure", "WorkingDirectory", "Pause"];

/// Properties of which a flowable task runs only one.
const BRANCHES: [&str; 4] = ["then", "else", "cases", "defaults"];

const LATER: &str = "runs after this one";
const OTHER_BRANCH: &str = "is in another branch, of which only one runs";

/// The tasks of a flow and where they are.
pub(super) struct Order<'subject> {
    tasks: &'subject [Place<'subject>],
    by_path: BTreeMap<&'subject Path, usize>,
}

impl<'subject> Order<'subject> {
    pub(super) fn new(tasks: &'subject [Place<'subject>]) -> Self {
        let by_path = tasks.iter().enumerate().map(|(position, task)| (&task.path, position)).collect();
        Self { tasks, by_path }
    }

    /// The flowable tasks around the place `path`, the innermost first.
    pub(super) fn around(&self, path: &Path) -> impl Iterator<Item = &'subject Place<'subject>> {
        let longest = path.steps().len();
        let task = |length| self.by_path.get(&path.prefix(length)).map(|position| &self.tasks[*position]);
        (0..longest).rev().filter_map(task)
    }

    /// Why the task `used` cannot have run when `user` runs, if that is certain.
    pub(super) fn why_not(&self, user: usize, used: usize) -> Option<&'static str> {
        let (user, used) = (&self.tasks[user], &self.tasks[used]);
        if user.path == used.path {
            let once = flowable_class(user).is_none() && self.around(&user.path).all(|task| runs_once(task));
            return once.then_some("has no outputs before it has run");
        }
        let (mine, theirs) = (user.path.steps(), used.path.steps());
        let shared = mine.iter().zip(theirs).take_while(|(mine, theirs)| mine == theirs).count();
        let (Some(my_step), Some(their_step)) = (mine.get(shared), theirs.get(shared)) else {
            return None;
        };
        let mut around = self.around(&user.path).filter(|task| task.path.steps().len() <= shared).peekable();
        let holder = around.peek().copied();
        if !around.all(runs_once) {
            return None;
        }
        match (my_step, their_step) {
            (Step::Property(mine), Step::Property(theirs)) if shared == 0 => {
                (mine == "tasks" && theirs != "tasks").then_some(LATER)
            }
            (Step::Property(mine), Step::Property(theirs)) => {
                let is_branch = |name: &String| BRANCHES.contains(&name.as_str());
                (is_branch(mine) && is_branch(theirs)).then_some(OTHER_BRANCH)
            }
            (Step::Key(_), Step::Key(_)) => Some(OTHER_BRANCH),
            (Step::Index(mine), Step::Index(theirs)) => runs_later(holder, *mine, *theirs).then_some(LATER),
            _ => None,
        }
    }
}

fn runs_once(task: &Place<'_>) -> bool {
    flowable_class(task).is_some_and(|class| ONCE.contains(&&*class))
}

/// Whether the task at `theirs` of a list runs after the one at `mine`; `holder` is the task that has the list.
fn runs_later(holder: Option<&Place<'_>>, mine: usize, theirs: usize) -> bool {
    match holder.and_then(flowable_class).as_deref() {
        Some("Parallel") => false,
        Some("Dag") => holder.is_some_and(|dag| depends(dag, theirs, mine)),
        _ => theirs > mine,
    }
}

/// Whether a task of a Dag waits for another, by their positions.
fn depends(dag: &Place<'_>, waiting: usize, awaited: usize) -> bool {
    let items = dag.items("tasks");
    let id = |position: usize| items.get(position)?.get("task")?.text("id").map(Cow::into_owned);
    match (id(waiting), id(awaited)) {
        (Some(waiting), Some(awaited)) => reaches(&dependencies_of(dag), &waiting, &awaited),
        _ => false,
    }
}

fn reaches(dependencies: &Dependencies, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![from];
    while let Some(name) = waiting.pop() {
        for next in dependencies.get(name).into_iter().flatten() {
            if next == to {
                return true;
            }
            if seen.insert(next.as_str()) {
                waiting.push(next);
            }
        }
    }
    false
}
