//! Many flows as a graph: who calls whom, and who starts when another has ended.

use super::topology::names;
use super::words::joined;
use super::{Direction, Edge, EdgeKind, Graph, Kind, Node, trigger};
use crate::flow::Flow;
use crate::flow::calls::{self, Target};

/// The graph of all `flows`, with the flows they name and that are not among them.
pub(super) fn of_library(flows: &[Flow]) -> Graph {
    let names: Vec<(String, String)> = flows.iter().map(names).collect();
    let mut library =
        Library { nodes: flows.iter().zip(&names).map(node).collect(), names, edges: Vec::new() };
    for (index, flow) in flows.iter().enumerate() {
        for target in flow.tasks().iter().filter_map(calls::started) {
            library.link(index, &target, EdgeKind::Call);
        }
        for target in flow.triggers().iter().flat_map(calls::awaited) {
            library.link(index, &target, EdgeKind::Trigger);
        }
    }
    let Library { nodes, edges, .. } = library;
    let title = if flows.len() == 1 { "1 flow".to_owned() } else { format!("{} flows", flows.len()) };
    Graph { title, direction: Direction::Right, nodes, edges }
}

fn node((flow, (namespace, id)): (&Flow, &(String, String))) -> Node {
    let triggers: Vec<String> = flow.triggers().iter().map(|trigger| trigger::node(trigger).detail).collect();
    let schedule = triggers.iter().find(|detail| detail.starts_with("Schedule")).map_or("", String::as_str);
    let mut node = Node::new(format!("{namespace}.{id}"), id, joined(&[namespace, schedule]), Kind::Flow);
    node.disabled = trigger::is_disabled(&flow.place());
    node
}

struct Library {
    names: Vec<(String, String)>,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

impl Library {
    /// Joins the flow at `index` with every flow that `target` means; a flow that starts after others stands behind
    /// them.
    fn link(&mut self, index: usize, target: &Target, kind: EdgeKind) {
        if !target.is_literal() {
            return;
        }
        let known = self.names.iter().enumerate().filter(|(_, (namespace, id))| target.means(namespace, id));
        let mut ends: Vec<usize> = known.map(|(other, _)| other).collect();
        if ends.is_empty() {
            ends.push(self.foreign(target));
        }
        for end in ends {
            let (from, to) = if kind == EdgeKind::Call { (index, end) } else { (end, index) };
            let edge = Edge::new(from, to, kind);
            // A flow that names itself is refused by the rules.
            if from != to && !self.edges.contains(&edge) {
                self.edges.push(edge);
            }
        }
    }

    /// The node of a flow that is not among those given.
    fn foreign(&mut self, target: &Target) -> usize {
        let (namespace, id) = (target.namespace.as_deref(), target.id.as_deref());
        let label = id.map_or_else(|| target.to_string(), str::to_owned);
        let detail = if id.is_some() { namespace.unwrap_or_default() } else { "" };
        self.names.push((namespace.unwrap_or_default().to_owned(), id.unwrap_or_default().to_owned()));
        self.nodes.push(Node::new(format!("foreign.{target}"), label, detail, Kind::ForeignFlow));
        self.nodes.len() - 1
    }
}
