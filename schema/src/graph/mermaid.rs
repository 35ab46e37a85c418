//! The graph as a Mermaid flowchart, which many wikis and forges draw inside Markdown.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::words::one_line;
use super::{Direction, Edge, EdgeKind, Graph, Kind, Node};

/// Borders by class; the boxes have the colours of the reader's theme.
const STYLES: &[(&str, &str)] = &[
    ("trigger", "stroke:#c2640c,stroke-width:2px"),
    ("subflow", "stroke:#7c3aed,stroke-width:2px"),
    ("flowable", "stroke:#0d8074"),
    ("errors", "stroke:#d02f3e,stroke-dasharray:5 4"),
    ("finally", "stroke:#4b6b1f"),
    ("disabled", "opacity:0.5"),
    ("group", "fill:none,stroke:none"),
];

/// The flowchart of a graph.
pub(super) fn render(graph: &Graph) -> String {
    let direction = match graph.direction {
        Direction::Down => "TB",
        Direction::Right => "LR",
    };
    let mut chart = Chart { out: String::new(), direction, count: 0, classes: BTreeSet::new() };
    let _ = writeln!(chart.out, "flowchart {direction}\n  accTitle: {}", one_line(&graph.title));
    chart.neighbours(&graph.nodes, &graph.edges, 2);
    for (class, style) in STYLES.iter().filter(|(class, _)| chart.classes.contains(class)) {
        let _ = writeln!(chart.out, "  classDef {class} {style}");
    }
    chart.out
}

struct Chart {
    out: String,
    direction: &'static str,
    /// Nodes so far. Mermaid wants plain names, so nodes are numbered as they come.
    count: usize,
    classes: BTreeSet<&'static str>,
}

impl Chart {
    fn neighbours(&mut self, nodes: &[Node], edges: &[Edge], indent: usize) {
        let names: Vec<usize> = nodes.iter().map(|node| self.node(node, indent)).collect();
        for edge in edges {
            let (from, to) = (names[edge.from], names[edge.to]);
            let line = match edge.kind {
                EdgeKind::Failure => "-.->",
                EdgeKind::Trigger => "==>",
                EdgeKind::Next | EdgeKind::Call => "-->",
            };
            let label =
                edge.label.as_deref().map(|label| format!("|{}|", quoted(&[label]))).unwrap_or_default();
            let _ = writeln!(self.out, "{:indent$}n{from} {line}{label} n{to}", "");
        }
    }

    /// Writes a node and returns its number.
    fn node(&mut self, node: &Node, indent: usize) -> usize {
        self.count += 1;
        let name = self.count;
        let text = quoted(&[&node.label, &node.detail]);
        if node.nodes.is_empty() {
            let (open, close) = brackets(node.kind);
            let _ = writeln!(self.out, "{:indent$}n{name}{open}{text}{close}", "");
        } else {
            let direction = self.direction;
            let _ = writeln!(self.out, "{:indent$}subgraph n{name}[{text}]", "");
            let _ = writeln!(self.out, "{:indent$}  direction {direction}", "");
            self.neighbours(&node.nodes, &node.edges, indent + 2);
            let _ = writeln!(self.out, "{:indent$}end", "");
        }
        let disabled = node.disabled.then_some("disabled");
        for class in class(node.kind).into_iter().chain(disabled) {
            self.classes.insert(class);
            let _ = writeln!(self.out, "{:indent$}class n{name} {class}", "");
        }
        name
    }
}

/// The shape of a node that has nothing inside.
fn brackets(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Trigger => ("([", "])"),
        Kind::Decision => ("{{", "}}"),
        Kind::Subflow | Kind::ForeignFlow => ("[[", "]]"),
        _ => ("[", "]"),
    }
}

fn class(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Flow | Kind::ForeignFlow | Kind::Task => None,
        Kind::Trigger => Some("trigger"),
        Kind::Subflow => Some("subflow"),
        Kind::Errors => Some("errors"),
        Kind::Finally | Kind::AfterExecution => Some("finally"),
        Kind::Group => Some("group"),
        _ => Some("flowable"),
    }
}

/// Lines in quotes, broken as HTML does, with entities for what Mermaid or HTML would read.
fn quoted(lines: &[&str]) -> String {
    let lines: Vec<String> =
        lines.iter().map(|line| one_line(line)).filter(|line| !line.is_empty()).collect();
    let escape = |character: char| match character {
        '"' | '#' | '<' | '>' | '&' | '`' | '\\' => format!("#{};", u32::from(character)),
        _ if character.is_control() => " ".to_owned(),
        _ => character.to_string(),
    };
    let lines: Vec<String> = lines.iter().map(|line| line.chars().map(escape).collect()).collect();
    format!("\"{}\"", if lines.is_empty() { " ".to_owned() } else { lines.join("<br/>") })
}
