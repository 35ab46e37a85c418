//! The graph in the language of Graphviz, for those who draw it themselves.

use std::fmt::Write;

use super::words::one_line;
use super::{Direction, Edge, EdgeKind, Graph, Kind, Node};

/// The digraph of a graph.
pub(super) fn render(graph: &Graph) -> String {
    let direction = match graph.direction {
        Direction::Down => "TB",
        Direction::Right => "LR",
    };
    let mut out = format!("digraph {} {{\n", quoted(&[&graph.title]));
    let _ = writeln!(out, "  graph [rankdir={direction}, compound=true, fontname=\"Helvetica\"]");
    out.push_str(
        "  node [shape=box, style=rounded, fontname=\"Helvetica\"]\n  edge [fontname=\"Helvetica\"]\n",
    );
    Writer { out: &mut out, count: 0 }.neighbours(&graph.nodes, &graph.edges, 2);
    out.push_str("}\n");
    out
}

struct Writer<'out> {
    out: &'out mut String,
    count: usize,
}

/// What edges need of a node. They can only join nodes without others inside, and are cut off at the border of the
/// cluster.
struct Ends {
    first: usize,
    last: usize,
    cluster: Option<usize>,
}

impl Writer<'_> {
    fn neighbours(&mut self, nodes: &[Node], edges: &[Edge], indent: usize) -> Vec<Ends> {
        let ends: Vec<Ends> = nodes.iter().map(|node| self.node(node, indent)).collect();
        for edge in edges {
            let (from, to) = (&ends[edge.from], &ends[edge.to]);
            let style = match edge.kind {
                EdgeKind::Next => None,
                EdgeKind::Failure => Some("style=dashed, color=\"#d02f3e\"".to_owned()),
                EdgeKind::Trigger => Some("color=\"#c2640c\"".to_owned()),
                EdgeKind::Call => Some("color=\"#7c3aed\"".to_owned()),
            };
            let label = edge.label.as_ref().map(|label| format!("label={}", quoted(&[label])));
            let tail = from.cluster.map(|cluster| format!("ltail=cluster_{cluster}"));
            let head = to.cluster.map(|cluster| format!("lhead=cluster_{cluster}"));
            let attributes: Vec<String> = [label, style, tail, head].into_iter().flatten().collect();
            let attributes =
                if attributes.is_empty() { String::new() } else { format!(" [{}]", attributes.join(", ")) };
            let _ = writeln!(self.out, "{:indent$}n{} -> n{}{attributes}", "", from.last, to.first);
        }
        ends
    }

    fn node(&mut self, node: &Node, indent: usize) -> Ends {
        self.count += 1;
        let name = self.count;
        let text = quoted(&[&node.label, &node.detail]);
        if node.nodes.is_empty() {
            let shape = shape(node.kind, node.disabled);
            let _ = writeln!(self.out, "{:indent$}n{name} [label={text}{shape}]", "");
            return Ends { first: name, last: name, cluster: None };
        }
        let style = if node.kind == Kind::Group { "invis" } else { "rounded" };
        let _ = writeln!(self.out, "{:indent$}subgraph cluster_{name} {{", "");
        let _ = writeln!(self.out, "{:indent$}  graph [label={text}, style={style}]", "");
        let inside = self.neighbours(&node.nodes, &node.edges, indent + 2);
        let _ = writeln!(self.out, "{:indent$}}}", "");
        let (first, last) =
            (inside.first().map_or(name, |ends| ends.first), inside.last().map_or(name, |ends| ends.last));
        Ends { first, last, cluster: Some(name) }
    }
}

fn shape(kind: Kind, disabled: bool) -> &'static str {
    match kind {
        _ if disabled => ", style=\"rounded,dashed\"",
        Kind::Trigger => ", color=\"#c2640c\"",
        Kind::Decision => ", shape=hexagon, style=solid",
        Kind::Subflow => ", peripheries=2",
        Kind::ForeignFlow => ", style=\"rounded,dotted\"",
        _ => "",
    }
}

/// Lines in quotes. Graphviz reads `\n` as a line break.
fn quoted(lines: &[&str]) -> String {
    let lines: Vec<String> =
        lines.iter().map(|line| one_line(line)).filter(|line| !line.is_empty()).collect();
    let lines: Vec<String> =
        lines.iter().map(|line| line.replace('\\', "\\\\").replace('"', "\\\"")).collect();
    format!("\"{}\"", lines.join("\\n"))
}
