//! Finds tasks: where a flow lists them and where flowable tasks hold more of them.

use std::borrow::Cow;

use super::place::Place;

/// Lists of tasks that a flow has, in Kestra's order.
pub(crate) const OF_FLOW: [&str; 4] = ["tasks", "errors", "finally", "afterExecution"];

/// Lists of tasks that flowable tasks have.
const OF_TASK: [&str; 6] = ["tasks", "then", "else", "defaults", "errors", "finally"];

/// Packages of flowable tasks. Other plugins are free to call something else `tasks`.
const FLOWABLE: [&str; 2] = ["io.kestra.plugin.core.flow.", "io.kestra.core.tasks.flows."];

/// Every task of the flow at `root`, children after their parents.
pub(super) fn all<'flow>(root: &Place<'flow>) -> Vec<Place<'flow>> {
    let mut found = Vec::new();
    let mut waiting: Vec<Place<'flow>> = OF_FLOW.iter().flat_map(|list| root.items(list)).rev().collect();
    while let Some(task) = waiting.pop() {
        waiting.extend(children(&task).into_iter().rev());
        found.push(task);
    }
    found
}

/// The class of a flowable task without its package: `Parallel`. Nothing for other tasks.
pub(crate) fn flowable_class<'flow>(task: &Place<'flow>) -> Option<Cow<'flow, str>> {
    let name = task.text("type")?;
    let package = FLOWABLE.iter().find(|package| name.starts_with(**package))?;
    Some(match name {
        Cow::Borrowed(name) => Cow::Borrowed(&name[package.len()..]),
        Cow::Owned(name) => Cow::Owned(name[package.len()..].to_owned()),
    })
}

/// What a flowable task holds under one name.
pub(crate) struct Branch<'flow> {
    /// The property: `then`, `cases`.
    pub(crate) property: &'static str,
    /// The value that chooses the branch, in a Switch.
    pub(crate) case: Option<&'flow str>,
    /// The items; see [`unwrapped`].
    pub(crate) items: Vec<Place<'flow>>,
}

/// What a task holds; empty lists are left out.
pub(crate) fn branches<'flow>(task: &Place<'flow>) -> Vec<Branch<'flow>> {
    if flowable_class(task).is_none() {
        return Vec::new();
    }
    let list = |property| Branch { property, case: None, items: task.items(property) };
    let cases = task.get("cases").into_iter().flat_map(|cases| cases.entries());
    let cases =
        cases.map(|(case, tasks)| Branch { property: "cases", case: Some(case), items: tasks.elements() });
    let paused = task.get("onPause").filter(|place| place.node.as_mapping().is_some());
    let paused = paused.map(|place| Branch { property: "onPause", case: None, items: vec![place] });
    OF_TASK
        .into_iter()
        .map(list)
        .chain(cases)
        .chain(paused)
        .filter(|branch| !branch.items.is_empty())
        .collect()
}

/// The task of an item: a Dag wraps each to say what it depends on.
pub(crate) fn unwrapped<'flow>(item: &Place<'flow>) -> Place<'flow> {
    let wrapped = if item.node.get("type").is_none() { item.get("task") } else { None };
    wrapped.unwrap_or_else(|| item.clone())
}

/// The tasks directly inside a task.
fn children<'flow>(task: &Place<'flow>) -> Vec<Place<'flow>> {
    branches(task).iter().flat_map(|branch| &branch.items).map(unwrapped).collect()
}
