//! A flow as a graph: its triggers, the flow with its tasks, and what runs behind them.

use super::task::{self, with_handlers};
use super::{Direction, Edge, EdgeKind, Graph, Kind, Node, trigger};
use crate::flow::Flow;

/// The graph of one flow.
pub(super) fn of_flow(flow: &Flow) -> Graph {
    let (namespace, id) = names(flow);
    let place = flow.place();
    let tasks = place.items("tasks");
    let mut body =
        Node::new("flow", &id, &namespace, Kind::Flow).chain(tasks.iter().map(task::node).collect());
    body.disabled = trigger::is_disabled(&place);
    let lists = ["errors", "finally", "afterExecution"].map(|name| (name, place.items(name)));
    let lists = lists.each_ref().map(|(name, items)| (*name, &items[..]));
    let whole = with_handlers(Node::new("", "", "", Kind::Group), Some(body), "", &lists);
    let triggers: Vec<Node> = flow.triggers().iter().map(trigger::node).collect();
    let count = triggers.len();
    let starts = (0..count).map(|from| Edge::new(from, count, EdgeKind::Trigger));
    let rest =
        whole.edges.into_iter().map(|edge| Edge { from: edge.from + count, to: edge.to + count, ..edge });
    Graph {
        title: format!("{namespace} / {id}"),
        direction: Direction::Down,
        edges: starts.chain(rest).collect(),
        nodes: triggers.into_iter().chain(whole.nodes).collect(),
    }
}

/// Namespace and id; `?` for what the flow does not say.
pub(super) fn names(flow: &Flow) -> (String, String) {
    let or_unknown = |name: Option<std::borrow::Cow<'_, str>>| {
        name.map_or_else(|| "?".to_owned(), |name| name.into_owned())
    };
    (or_unknown(flow.namespace()), or_unknown(flow.id()))
}
