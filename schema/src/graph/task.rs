//! Tasks as nodes: what flowable tasks hold, and in which order it runs.

use super::trigger::is_disabled;
use super::words::{joined, kind, name, property};
use super::{Edge, EdgeKind, Kind, Node};
use crate::flow::Place;
use crate::flow::calls;
use crate::flow::tasks::{Branch, branches, flowable_class, unwrapped};

/// How what a task holds runs.
#[derive(Clone, Copy, PartialEq)]
enum Order {
    /// One after the other.
    Chain,
    /// All at once.
    Side,
    /// As `dependsOn` says.
    Dag,
    /// One of the branches.
    Choice,
}

/// A class of flowable tasks, its kind, its order, and the property that says most about it.
struct Flowable(&'static str, Kind, Order, &'static str);

/// Every flowable task of both lines.
const FLOWABLES: &[Flowable] = &[
    Flowable("Sequential", Kind::Sequential, Order::Chain, ""),
    Flowable("Parallel", Kind::Parallel, Order::Side, "concurrent"),
    Flowable("Dag", Kind::Dag, Order::Dag, "concurrent"),
    Flowable("If", Kind::Branches, Order::Choice, "condition"),
    Flowable("Switch", Kind::Branches, Order::Choice, "value"),
    Flowable("AllowFailure", Kind::AllowFailure, Order::Chain, ""),
    Flowable("WorkingDirectory", Kind::WorkingDirectory, Order::Chain, ""),
    Flowable("Worker", Kind::WorkingDirectory, Order::Chain, ""),
    Flowable("Pause", Kind::Pause, Order::Chain, "pauseDuration"),
    Flowable("Loop", Kind::Loop, Order::Chain, "values"),
    Flowable("LoopUntil", Kind::Loop, Order::Chain, "condition"),
    Flowable("WaitFor", Kind::Loop, Order::Chain, "condition"),
    Flowable("ForEach", Kind::Loop, Order::Chain, "values"),
    Flowable("EachSequential", Kind::Loop, Order::Chain, "value"),
    Flowable("EachParallel", Kind::Loop, Order::Side, "value"),
    Flowable("ForEachItem", Kind::Subflow, Order::Chain, "items"),
];

/// The node of a task.
pub(super) fn node(task: &Place<'_>) -> Node {
    let class = flowable_class(task).unwrap_or_default();
    let known = FLOWABLES.iter().find(|Flowable(name, ..)| *name == class);
    let target = calls::started(task);
    let mut node = Node::new(task.path.to_string(), name(task), kind(task), Kind::Task);
    node.disabled = is_disabled(task);
    if let Some(Flowable(_, kind, order, told)) = known {
        let told =
            if *order == Order::Choice || told.is_empty() { String::new() } else { property(task, told) };
        node.kind = *kind;
        node.detail = joined(&[&class, &told]);
        node = inside(node, task, *order);
    }
    if let Some(target) = target {
        node.kind = Kind::Subflow;
        node.detail = joined(&[if class == "ForEachItem" { &class } else { "" }, &format!("→ {target}")]);
    }
    node
}

/// Puts what the task holds into its node. Handlers stand beside the rest, which is then a group.
fn inside(node: Node, task: &Place<'_>, order: Order) -> Node {
    let is_handler = |branch: &Branch<'_>| matches!(branch.property, "errors" | "finally");
    let (handlers, mut ways): (Vec<_>, Vec<_>) = branches(task).into_iter().partition(is_handler);
    ways.sort_by_key(|way| way.property == "defaults");
    if handlers.is_empty() {
        return fill(node, task, order, &ways);
    }
    let group = Node::new(format!("{}.group", task.path), "", "", Kind::Group);
    let group = fill(group, task, order, &ways);
    let items = |name: &str| {
        handlers
            .iter()
            .find(|branch| branch.property == name)
            .map(|branch| &branch.items[..])
            .unwrap_or_default()
    };
    let id = task.path.to_string();
    // A Subflow for each item holds nothing but its handlers.
    let body = (!group.nodes.is_empty()).then_some(group);
    with_handlers(node, body, &id, &[("errors", items("errors")), ("finally", items("finally"))])
}

fn fill(node: Node, task: &Place<'_>, order: Order, ways: &[Branch<'_>]) -> Node {
    let items: Vec<Place<'_>> = ways.iter().flat_map(|way| way.items.clone()).collect();
    match order {
        Order::Chain => node.chain(items.iter().map(|item| self::node(item)).collect()),
        Order::Side => Node { nodes: items.iter().map(self::node).collect(), ..node },
        Order::Dag => dag(node, &items),
        Order::Choice => choice(node, task, ways),
    }
}

/// The tasks of a Dag, with an edge for each `dependsOn`.
fn dag(node: Node, items: &[Place<'_>]) -> Node {
    let tasks: Vec<Place<'_>> = items.iter().map(unwrapped).collect();
    let index = |id: &str| tasks.iter().position(|task| task.text("id").is_some_and(|other| other == id));
    let mut edges = Vec::new();
    for (to, item) in items.iter().enumerate() {
        let names = item.items("dependsOn");
        let from = names.iter().filter_map(|name| index(&name.node.text()?)).filter(|from| *from != to);
        edges.extend(from.map(|from| Edge::new(from, to, EdgeKind::Next)));
    }
    Node { nodes: tasks.iter().map(self::node).collect(), edges, ..node }
}

/// The condition, and a chain of tasks for each way out of it.
fn choice(node: Node, task: &Place<'_>, ways: &[Branch<'_>]) -> Node {
    let told = ["condition", "value"].iter().map(|name| property(task, name)).find(|text| !text.is_empty());
    let question = Node::new(format!("{}.decision", task.path), told.unwrap_or_default(), "", Kind::Decision);
    let (mut nodes, mut edges) = (vec![question], Vec::new());
    for way in ways {
        let label = match (way.property, way.case) {
            (_, Some(case)) => case,
            ("defaults", _) => "otherwise",
            (property, _) => property,
        };
        edges.push(Edge::new(0, nodes.len(), EdgeKind::Next).labelled(label));
        for (position, item) in way.items.iter().enumerate() {
            if position > 0 {
                edges.push(Edge::new(nodes.len() - 1, nodes.len(), EdgeKind::Next));
            }
            nodes.push(self::node(item));
        }
    }
    Node { nodes, edges, ..node }
}

/// Puts a body and the handlers of failure and end around it into a node.
pub(super) fn with_handlers(
    node: Node,
    body: Option<Node>,
    id: &str,
    handlers: &[(&str, &[Place<'_>])],
) -> Node {
    let (mut nodes, mut edges): (Vec<Node>, Vec<Edge>) = (body.into_iter().collect(), Vec::new());
    let body = nodes.len().checked_sub(1);
    let mut ends: Vec<(usize, EdgeKind)> = body.map(|body| (body, EdgeKind::Next)).into_iter().collect();
    for (name, items) in handlers.iter().filter(|(_, items)| !items.is_empty()) {
        let (kind, label) = match *name {
            "errors" => (Kind::Errors, "On failure"),
            "finally" => (Kind::Finally, "Finally"),
            _ => (Kind::AfterExecution, "After the execution"),
        };
        let id = if id.is_empty() { (*name).to_owned() } else { format!("{id}.{name}") };
        let here = nodes.len();
        nodes.push(Node::new(id, label, "", kind).chain(items.iter().map(self::node).collect()));
        if kind == Kind::Errors {
            edges.extend(body.map(|body| Edge::new(body, here, EdgeKind::Failure)));
            ends.push((here, EdgeKind::Failure));
        } else {
            edges.extend(ends.drain(..).map(|(from, kind)| Edge::new(from, here, kind)));
            ends.push((here, EdgeKind::Next));
        }
    }
    // The usual way comes first, so that it is drawn straight.
    edges.sort_by_key(|edge| edge.kind == EdgeKind::Failure);
    Node { nodes, edges, ..node }
}
