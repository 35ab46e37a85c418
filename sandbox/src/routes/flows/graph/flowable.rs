//! How what a flowable task holds is drawn.

use serde_json::{Map, Value};

use super::{
    cluster::{Handlers, Tasks},
    items,
};
use crate::fault::Fault;

/// How the tasks of a list follow each other; Kestra's name of it is on their nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Sequential,
    Parallel,
    /// As each says what it depends on.
    Dag,
}

/// A class of flowable tasks, the relation its cluster has, and how its tasks follow each other.
type Flowable = (&'static str, &'static str, Order);

const FLOWABLES: &[Flowable] = &[
    ("AllowFailure", "SEQUENTIAL", Order::Sequential),
    ("Dag", "DYNAMIC", Order::Dag),
    ("EachParallel", "DYNAMIC", Order::Parallel),
    ("EachSequential", "DYNAMIC", Order::Sequential),
    ("ForEach", "DYNAMIC", Order::Sequential),
    ("If", "CHOICE", Order::Sequential),
    ("Loop", "DYNAMIC", Order::Sequential),
    ("LoopUntil", "SEQUENTIAL", Order::Sequential),
    ("Parallel", "PARALLEL", Order::Parallel),
    ("Pause", "SEQUENTIAL", Order::Sequential),
    ("Sequential", "SEQUENTIAL", Order::Sequential),
    ("Switch", "CHOICE", Order::Sequential),
    ("WorkingDirectory", "SEQUENTIAL", Order::Sequential),
];

/// The package of flowable tasks, now and before.
const PACKAGES: [&str; 2] = ["io.kestra.plugin.core.flow.", "io.kestra.core.tasks.flows."];

/// The class of a task of the core's `flow` package, without the package.
fn class(task: &Value) -> Option<&str> {
    let name = task.get("type")?.as_str()?;
    let class = PACKAGES.iter().find_map(|package| name.strip_prefix(package))?;
    Some(match class {
        "WaitFor" => "LoopUntil",
        "Worker" => "WorkingDirectory",
        "Flow" => "Subflow",
        class => class,
    })
}

/// What stands for a task that is drawn as one node.
pub(super) fn node_type(task: &Value) -> &'static str {
    if class(task) == Some("Subflow") { "SubflowGraphTask" } else { "GraphTask" }
}

/// A flowable task, opened.
pub(super) struct Opened<'a> {
    /// The relation of its cluster.
    pub(super) relation: &'static str,
    pub(super) ways: Vec<Tasks<'a>>,
    pub(super) handlers: Handlers<'a>,
}

/// Opens a task that holds others; `None` for a task that is one node.
///
/// # Errors
/// Kestra draws tasks of its own making for some classes, which the sandbox does not know.
pub(super) fn open(task: &Value) -> Result<Option<Opened<'_>>, Fault> {
    let (Some(class), Some(object)) = (class(task), task.as_object()) else {
        return Ok(None);
    };
    if matches!(class, "ForEachItem" | "Template") {
        return Err(Fault::Unserved(format!("graphs of flows with {class}")));
    }
    let Some((_, relation, order)) = FLOWABLES.iter().find(|(name, ..)| *name == class) else {
        return Ok(None);
    };
    let ways = ways(object, class, *order);
    let handlers =
        Handlers { errors: items(object, "errors"), finally: items(object, "finally"), after: &[] };
    let alone = class == "Pause" && ways.is_empty() && handlers.is_empty();
    Ok((!alone).then_some(Opened { relation, ways, handlers }))
}

/// The lists of a task; of those that are chosen between, each with the name it is chosen by.
fn ways<'a>(object: &'a Map<String, Value>, class: &str, order: Order) -> Vec<Tasks<'a>> {
    let way = |list: &'static str, value| Tasks { items: items(object, list), order, value };
    let mut ways = match class {
        "If" => vec![way("then", Some("then")), way("else", Some("else"))],
        "Switch" => vec![way("defaults", Some("defaults"))],
        _ => vec![way("tasks", None)],
    };
    let cases = object.get("cases").and_then(Value::as_object).filter(|_| class == "Switch");
    ways.extend(cases.into_iter().flatten().map(|(case, tasks)| Tasks {
        items: tasks.as_array().map(Vec::as_slice).unwrap_or_default(),
        order,
        value: Some(case),
    }));
    if let Some(paused) = object.get("onPause").filter(|_| class == "Pause") {
        ways.insert(0, Tasks { items: std::slice::from_ref(paused), order, value: None });
    }
    ways.retain(|way| !way.items.is_empty());
    ways
}
