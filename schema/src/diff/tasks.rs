//! Compares tasks by id across the whole flow, so that a task that moves into a branch is the same task.

use std::collections::BTreeMap;

use super::compare::{Comparison, added, behind, child, keys, removed, side, subject};
use super::moves::moved;
use super::{Action, Change, Side, SubjectKind};
use crate::flow::tasks::{OF_FLOW, branches, unwrapped};
use crate::flow::{Flow, Place};

/// The name of a task: its id, and how many tasks of that id stand before it.
type Name = (String, usize);

/// Where a task is listed: the task that holds it, none for the flow, and the name of the list.
type List = (Option<Name>, String);

/// A task without the tasks it holds.
struct Task<'flow> {
    name: Name,
    list: List,
    place: Place<'flow>,
    /// What a Dag wraps it in.
    wrapper: Option<Place<'flow>>,
    /// Properties whose tasks stand for themselves; of `cases`, with the value.
    held: Vec<(&'static str, Option<&'flow str>)>,
}

/// Whether a value is a list of tasks.
pub(super) fn is_list(place: &Place<'_>) -> bool {
    are_tasks(&place.elements())
}

fn are_tasks(items: &[Place<'_>]) -> bool {
    !items.is_empty() && items.iter().all(|item| unwrapped(item).node.as_mapping().is_some())
}

/// The differences in tasks.
pub(super) fn changes(old: &Flow, new: &Flow) -> Vec<Change> {
    let (old, new) = (tasks(old), tasks(new));
    let find = |tasks: &[Task<'_>], name: &Name| tasks.iter().position(|task| task.name == *name);
    let mut changes = Vec::new();
    for task in &old {
        changes.extend(match find(&new, &task.name) {
            Some(index) => task.differences(&new[index]),
            None => vec![removed(&task.subject(), "", &task.place)],
        });
    }
    for task in &new {
        match find(&old, &task.name) {
            None => changes.push(added(&task.subject(), "", &task.place)),
            Some(index) if old[index].list != task.list => changes.push(relocated(&old[index], task, &new)),
            Some(_) => {}
        }
    }
    changes.extend(reordered(&old, &new));
    changes
}

/// Every task of a flow.
fn tasks(flow: &Flow) -> Vec<Task<'_>> {
    let mut collector = Collector { tasks: Vec::new(), seen: BTreeMap::new() };
    for list in OF_FLOW {
        let items = flow.place().items(list);
        if are_tasks(&items) {
            collector.add(&(None, list.to_owned()), &items);
        }
    }
    collector.tasks
}

struct Collector<'flow> {
    tasks: Vec<Task<'flow>>,
    /// How many tasks have an id so far.
    seen: BTreeMap<String, usize>,
}

impl<'flow> Collector<'flow> {
    fn add(&mut self, list: &List, items: &[Place<'flow>]) {
        for item in items {
            let place = unwrapped(item);
            let id = place.text("id").unwrap_or_default().into_owned();
            let count = self.seen.entry(id.clone()).or_default();
            let name = (id, *count);
            *count += 1;
            let branches: Vec<_> =
                branches(&place).into_iter().filter(|branch| are_tasks(&branch.items)).collect();
            let held = branches.iter().map(|branch| (branch.property, branch.case)).collect();
            let wrapper = (place.path != item.path).then(|| item.clone());
            self.tasks.push(Task { name: name.clone(), list: list.clone(), place, wrapper, held });
            for branch in branches {
                let case = branch.case.map(|case| format!(".{case}")).unwrap_or_default();
                self.add(&(Some(name.clone()), format!("{}{case}", branch.property)), &branch.items);
            }
        }
    }
}

impl Task<'_> {
    fn subject(&self) -> super::Subject {
        subject(SubjectKind::Task, &self.name.0, &self.place)
    }

    /// The differences of a task that both flows have, but for what stands for itself.
    fn differences(&self, new: &Self) -> Vec<Change> {
        let subject = new.subject();
        let comparison = Comparison { subject: &subject };
        let holds = |property: &str, case: Option<&str>| {
            [self, new].iter().any(|task| {
                task.held.iter().any(|held| held.0 == property && (case.is_none() || held.1 == case))
            })
        };
        let mut changes = Vec::new();
        for key in keys(self.place.node, new.place.node) {
            let sides = (child(&self.place, key), child(&new.place, key));
            match sides {
                (Some(old), Some(new)) if key == "cases" => {
                    let cases = keys(old.node, new.node).into_iter().filter(|case| !holds(key, Some(case)));
                    let compare = |case| {
                        comparison.either(&format!("cases.{case}"), (child(&old, case), child(&new, case)))
                    };
                    changes.extend(cases.flat_map(compare));
                }
                sides if !holds(key, None) => changes.extend(comparison.either(key, sides)),
                _ => {}
            }
        }
        changes.extend(self.wrapping(new, &comparison));
        changes
    }

    /// The differences in what a Dag says about a task.
    fn wrapping(&self, new: &Self, comparison: &Comparison<'_>) -> Vec<Change> {
        match (&self.wrapper, &new.wrapper) {
            (Some(old), Some(new)) => {
                let own = keys(old.node, new.node).into_iter().filter(|key| *key != "task");
                own.flat_map(|key| comparison.either(key, (child(old, key), child(new, key)))).collect()
            }
            (None, None) => Vec::new(),
            (old, new_wrapper) => {
                let old = old.as_ref().unwrap_or(&self.place);
                vec![comparison.changed("task", old, new_wrapper.as_ref().unwrap_or(&new.place))]
            }
        }
    }
}

/// Tasks that stay in their list and stand elsewhere in it.
fn reordered(old: &[Task<'_>], new: &[Task<'_>]) -> Vec<Change> {
    let mut lists: Vec<&List> = Vec::new();
    for task in new {
        if !lists.contains(&&task.list) {
            lists.push(&task.list);
        }
    }
    let mut changes = Vec::new();
    for list in lists {
        let members = |tasks: &[Task<'_>]| -> Vec<Name> {
            tasks.iter().filter(|task| task.list == *list).map(|task| task.name.clone()).collect()
        };
        let (before, after) = (members(old), members(new));
        for index in moved(&before, &after) {
            let find = |tasks: &'_ [Task<'_>]| tasks.iter().position(|task| task.name == after[index]);
            if let (Some(from), Some(to)) = (find(old), find(new)) {
                changes.push(relocated(&old[from], &new[to], new));
            }
        }
    }
    changes
}

/// A task at another place.
fn relocated(old: &Task<'_>, task: &Task<'_>, new: &[Task<'_>]) -> Change {
    let siblings = new.iter().filter(|other| other.list == task.list).map(|other| &other.name);
    let above = siblings.take_while(|name| **name != task.name).last();
    let mut text = behind(above.map(|name| &*name.0));
    if old.list != task.list {
        let owner =
            task.list.0.as_ref().map_or_else(|| "the flow".to_owned(), |owner| format!("`{}`", owner.0));
        text += &format!(" in `{}` of {owner}", task.list.1);
    }
    Change {
        action: Action::Moved,
        old: Some(Side { text: String::new(), ..side(&old.place) }),
        new: Some(Side { text, ..side(&task.place) }),
        ..added(&task.subject(), "", &task.place)
    }
}
