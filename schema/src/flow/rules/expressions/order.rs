//! Which tasks cannot have run when another one runs. Only what is certain counts: in a loop, or beside each
//! other in a Parallel, tasks may have run.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::super::super::path::Step;
use super::super::super::place::Place;
use super::super::super::tasks::flowable_class;
use super::super::cycle::Dependencies;
use super::super::dag::dependencies_of;
use crate::yaml::Node;

/// Flowable tasks that run what they hold at most once.
const ONCE: [&str; 8] =
    ["Sequential", "Parallel", "If", "Switch", "Dag", "AllowFailure", "WorkingDirectory", "Pause"];

/// Properties of which a flowable task runs only one.
const BRANCHES: [&str; 4] = ["then", "else", "cases", "defaults"];

/// So many tasks of a Dag are looked through for one that another waits for.
const MOST_BETWEEN: usize = 200;

const LATER: &str = "runs after this one";
const OTHER_BRANCH: &str = "is in another branch, of which only one runs";

/// The tasks of a flow and which is around which.
pub(super) struct Order<'subject> {
    tasks: &'subject [Place<'subject>],
    /// For each task the one directly around it.
    around: Vec<Option<usize>>,
    /// What the tasks of each Dag depend on, read when it is first asked for.
    dags: Vec<OnceCell<Dependencies>>,
}

impl<'subject> Order<'subject> {
    /// The order of `tasks`, which stand behind the tasks around them.
    pub(super) fn new(tasks: &'subject [Place<'subject>]) -> Self {
        let mut around: Vec<Option<usize>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for (position, task) in tasks.iter().enumerate() {
            let start = task.node.span.start;
            let holds = |holder: &usize| {
                let span = tasks[*holder].node.span;
                span.start <= start && start < span.end
            };
            open.truncate(open.iter().rposition(holds).map_or(0, |innermost| innermost + 1));
            around.push(open.last().copied());
            open.push(position);
        }
        Self { tasks, around, dags: vec![OnceCell::new(); tasks.len()] }
    }

    /// The flowable tasks around a task, the innermost first.
    pub(super) fn around(&self, task: usize) -> impl Iterator<Item = &'subject Place<'subject>> {
        let tasks = self.tasks;
        self.outwards(task).map(|position| &tasks[position])
    }

    /// The positions of the tasks around a task, the innermost first.
    fn outwards(&self, task: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.around[task], |holder| self.around[*holder])
    }

    /// Why the task `used` cannot have run when `user` runs, if that is certain.
    pub(super) fn why_not(&self, user: usize, used: usize) -> Option<&'static str> {
        if user == used {
            let is_flowable = flowable_class(&self.tasks[user]).is_some();
            let once = !is_flowable && self.around(user).all(runs_once);
            return once.then_some("has no outputs before it has run");
        }
        let (mine, theirs) = (self.tasks[user].path.steps(), self.tasks[used].path.steps());
        let shared = mine.iter().zip(&theirs).take_while(|(mine, theirs)| mine == theirs).count();
        let (Some(my_step), Some(their_step)) = (mine.get(shared), theirs.get(shared)) else {
            return None;
        };
        let is_shared = |task: &usize| self.tasks[*task].path.length() <= shared;
        let mut around = self.outwards(user).filter(is_shared).peekable();
        let holder = around.peek().copied();
        if !around.all(|task| runs_once(&self.tasks[task])) {
            return None;
        }
        match (my_step, their_step) {
            (Step::Property(mine), Step::Property(theirs)) if shared == 0 => {
                (mine == "tasks" && theirs != "tasks").then_some(LATER)
            }
            (Step::Property(mine), Step::Property(theirs)) => exclude(mine, theirs).then_some(OTHER_BRANCH),
            (Step::Key(_), Step::Key(_)) => Some(OTHER_BRANCH),
            (Step::Index(mine), Step::Index(theirs)) => {
                self.runs_later(holder, *mine, *theirs).then_some(LATER)
            }
            _ => None,
        }
    }

    /// Whether the task at `theirs` of a list runs after the one at `mine`; `holder` is the task that has the list.
    fn runs_later(&self, holder: Option<usize>, mine: usize, theirs: usize) -> bool {
        match holder.and_then(|holder| flowable_class(&self.tasks[holder])).as_deref() {
            Some("Parallel") => false,
            Some("Dag") => holder.is_some_and(|dag| self.depends(dag, theirs, mine)),
            _ => theirs > mine,
        }
    }

    /// Whether a task of a Dag waits for another, by their positions.
    fn depends(&self, dag: usize, waiting: usize, awaited: usize) -> bool {
        let place = &self.tasks[dag];
        let items = place.node.get("tasks").and_then(Node::as_sequence).unwrap_or_default();
        let id = |position: usize| items.get(position)?.get("task")?.get("id")?.text();
        let dependencies = || self.dags[dag].get_or_init(|| dependencies_of(place));
        match (id(waiting), id(awaited)) {
            (Some(waiting), Some(awaited)) => reaches(dependencies(), &waiting, &awaited),
            _ => false,
        }
    }
}

/// Whether a task runs only one of two of its properties.
fn exclude(one: &str, other: &str) -> bool {
    BRANCHES.contains(&one) && BRANCHES.contains(&other)
}

pub(super) fn runs_once(task: &Place<'_>) -> bool {
    flowable_class(task).is_some_and(|class| ONCE.contains(&&*class))
}

/// Whether one task waits for another, directly or through others; not when too many are between them.
fn reaches(dependencies: &Dependencies, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![from];
    while let Some(name) = waiting.pop().filter(|_| seen.len() < MOST_BETWEEN) {
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
