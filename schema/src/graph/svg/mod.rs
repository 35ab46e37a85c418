//! The drawing as one SVG document: rounded boxes with an accent for each kind, arrows between layers, colours that
//! follow the reader's light or dark mode.

mod icon;
mod path;
mod style;

use std::fmt::Write;

use super::layout::{Drawing, Face, HEADER, ICON, MARGIN, Placed, Point, Route, Size, drawing, fitted, pill};
use super::words::{joined, one_line};
use super::{Direction, Edge, EdgeKind, Graph, Kind, Node};

/// Space around the drawing.
const AROUND: f64 = 24.0;

/// The document of a graph.
pub(super) fn render(graph: &Graph) -> String {
    let drawing = drawing(graph);
    let (width, height) = (drawing.size.width + 2.0 * AROUND, drawing.size.height + 2.0 * AROUND);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"flow-graph\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"flow-graph-title flow-graph-desc\">\n\
         <title id=\"flow-graph-title\">{}</title>\n<desc id=\"flow-graph-desc\">{}</desc>\n",
        escaped(&graph.title),
        escaped(&described(&graph.nodes)),
    );
    style::write(&mut out);
    let _ = writeln!(out, "<rect class=\"canvas\" width=\"{width}\" height=\"{height}\" rx=\"16\"/>");
    let _ = writeln!(out, "<g transform=\"translate({AROUND} {AROUND})\">");
    let pen = Pen { direction: graph.direction };
    pen.neighbours(&mut out, &graph.nodes, &graph.edges, &drawing);
    out.push_str("</g>\n</svg>\n");
    out
}

struct Pen {
    direction: Direction,
}

impl Pen {
    /// Edges lie below nodes, so that arrows end at borders.
    fn neighbours(&self, out: &mut String, nodes: &[Node], edges: &[Edge], drawing: &Drawing) {
        for (edge, route) in edges.iter().zip(&drawing.edges) {
            self.edge(out, edge, route);
        }
        for (node, placed) in nodes.iter().zip(&drawing.nodes) {
            self.node(out, node, placed);
        }
    }

    fn edge(&self, out: &mut String, edge: &Edge, route: &Route) {
        let class = edge_class(edge.kind);
        let path = path::through(&route.points, self.direction);
        let _ =
            writeln!(out, "<path class=\"edge {class}\" marker-end=\"url(#arrow-{class})\" d=\"{path}\"/>");
        if let (Some(text), Some(Point { x, y })) = (&edge.label, route.label) {
            let Size { width, height } = pill(text);
            let (left, top) = (x - width / 2.0, y - height / 2.0);
            let text = escaped(&fitted(&one_line(text), Face::Detail, width - 16.0));
            let _ = writeln!(
                out,
                "<rect class=\"pill {class}\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" \
                 rx=\"10\"/><text class=\"way\" x=\"{x}\" y=\"{}\">{text}</text>",
                y + 4.0
            );
        }
    }

    fn node(&self, out: &mut String, node: &Node, placed: &Placed) {
        let Point { x, y } = placed.at;
        let disabled = if node.disabled { " disabled" } else { "" };
        let class = style::class(node.kind);
        let _ = writeln!(out, "<g class=\"{class}{disabled}\" transform=\"translate({x} {y})\">");
        match (node.kind, node.nodes.is_empty()) {
            (Kind::Group, _) => group(out, placed.inside.size),
            (Kind::Decision, _) => decision(out, node, placed.inside.size),
            (_, true) => leaf(out, node, placed.inside.size),
            (_, false) => frame(out, node, placed.inside.size),
        }
        self.neighbours(out, &node.nodes, &node.edges, &placed.inside);
        out.push_str("</g>\n");
    }
}

/// A box with an icon and up to two lines.
fn leaf(out: &mut String, node: &Node, Size { width, height }: Size) {
    let room = width - ICON - MARGIN;
    let middle = height / 2.0;
    let (first, second) =
        if node.detail.is_empty() { (middle + 4.5, 0.0) } else { (middle - 3.0, middle + 14.0) };
    hover(out, node);
    let _ = writeln!(out, "<rect class=\"box\" width=\"{width}\" height=\"{height}\" rx=\"10\"/>");
    let _ = writeln!(
        out,
        "<rect class=\"mark\" x=\"10\" y=\"{}\" width=\"26\" height=\"26\" rx=\"7\"/>",
        middle - 13.0
    );
    icon::write(out, node.kind, Point { x: 15.0, y: middle - 8.0 });
    // An inner document clips: no font makes a text leave its box.
    let _ = write!(out, "<svg x=\"{ICON}\" width=\"{}\" height=\"{height}\">", width - ICON - 6.0);
    text(out, "label", first, &fitted(&one_line(&node.label), Face::Label, room));
    if !node.detail.is_empty() {
        text(out, "detail", second, &fitted(&one_line(&node.detail), Face::Detail, room));
    }
    out.push_str("</svg>\n");
}

/// A frame around other nodes, named in its header.
fn frame(out: &mut String, node: &Node, Size { width, height }: Size) {
    let room = width - ICON;
    let label = fitted(&one_line(&node.label), Face::Label, room);
    let rest = room - super::layout::width(&label, Face::Label) - 10.0;
    let detail =
        if rest > 40.0 { fitted(&one_line(&node.detail), Face::Detail, rest) } else { String::new() };
    hover(out, node);
    let _ = writeln!(out, "<rect class=\"frame\" width=\"{width}\" height=\"{height}\" rx=\"14\"/>");
    icon::write(out, node.kind, Point { x: 14.0, y: HEADER / 2.0 - 7.0 });
    let _ = writeln!(
        out,
        "<svg x=\"36\" width=\"{}\" height=\"{HEADER}\"><text class=\"label\" y=\"23\">{}<tspan class=\"detail\" \
         dx=\"8\">{}</tspan></text></svg>",
        width - 42.0,
        escaped(&label),
        escaped(&detail),
    );
}

/// A frame without a name.
fn group(out: &mut String, Size { width, height }: Size) {
    let _ = writeln!(out, "<rect class=\"fence\" width=\"{width}\" height=\"{height}\" rx=\"14\"/>");
}

/// A question in a box with round ends.
fn decision(out: &mut String, node: &Node, Size { width, height }: Size) {
    let label = fitted(&one_line(&node.label), Face::Label, width - MARGIN);
    hover(out, node);
    let _ = writeln!(
        out,
        "<rect class=\"box\" width=\"{width}\" height=\"{height}\" rx=\"{}\"/>\n<svg width=\"{width}\" \
         height=\"{height}\"><text class=\"label middle\" x=\"{}\" y=\"{}\">{}</text></svg>",
        height / 2.0,
        width / 2.0,
        height / 2.0 + 4.5,
        escaped(&label),
    );
}

fn text(out: &mut String, class: &str, y: f64, text: &str) {
    let _ = write!(out, "<text class=\"{class}\" y=\"{y}\">{}</text>", escaped(text));
}

/// The whole text of a node, which its box may not have room for.
fn hover(out: &mut String, node: &Node) {
    let disabled = if node.disabled { "disabled" } else { "" };
    let words = joined(&[&one_line(&node.label), &one_line(&node.detail), disabled]);
    let _ = writeln!(out, "<title>{}</title>", escaped(&words));
}

fn edge_class(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Next => "next",
        EdgeKind::Trigger => "started",
        EdgeKind::Failure => "failure",
        EdgeKind::Call => "call",
    }
}

/// The graph in words, for those who cannot see it.
fn described(nodes: &[Node]) -> String {
    let words = |node: &Node| {
        let detail = if node.detail.is_empty() { String::new() } else { format!(" ({})", node.detail) };
        let inside =
            if node.nodes.is_empty() { String::new() } else { format!(": {}", described(&node.nodes)) };
        format!("{}{detail}{inside}", node.label)
    };
    one_line(&nodes.iter().map(words).collect::<Vec<_>>().join("; "))
}

/// The text for a place between tags. XML has no control characters, not even as references.
fn escaped(text: &str) -> String {
    let escape = |character: char| match character {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\u{fffe}' | '\u{ffff}' => '\u{fffd}'.to_string(),
        _ if character.is_control() && !character.is_ascii_whitespace() => '\u{fffd}'.to_string(),
        _ => character.to_string(),
    };
    text.chars().map(escape).collect()
}
