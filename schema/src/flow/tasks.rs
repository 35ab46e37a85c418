//! Finds tasks: where a flow lists them and where flowable tasks hold more of them.

use std::borrow::Cow;

use super::place::Place;

/// Lists of tasks that a flow has, in Kestra's order.
pub(super) const OF_FLOW: [&str; 4] = ["tasks", "errors", "finally", "afterExecution"];

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

/// The class of a flowable task without its package: `Parallel`.
pub(super) fn flowable_class<'flow>(task: &Place<'flow>) -> Option<Cow<'flow, str>> {
    let name = task.text("type")?;
    let package = FLOWABLE.iter().find(|package| name.starts_with(**package))?.len();
    Some(match name {
        Cow::Borrowed(name) => Cow::Borrowed(&name[package..]),
        Cow::Owned(name) => Cow::Owned(name[package..].to_owned()),
    })
}

/// The tasks directly inside a task.
fn children<'flow>(task: &Place<'flow>) -> Vec<Place<'flow>> {
    if flowable_class(task).is_none() {
        return Vec::new();
    }
    let listed = OF_TASK.iter().flat_map(|list| task.items(list));
    // Dag wraps each task to say what it depends on.
    let unwrapped = listed
        .map(|item| if item.node.get("type").is_none() { item.get("task").unwrap_or(item) } else { item });
    let cases = task.get("cases").into_iter().flat_map(|cases| cases.entries());
    let cased = cases.flat_map(|(_, tasks)| tasks.elements());
    let paused = task.get("onPause").filter(|place| place.node.as_mapping().is_some());
    unwrapped.chain(cased).chain(paused).collect()
}
