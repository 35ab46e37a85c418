//! Where everything stands in a drawing: nodes around what is inside them, neighbours in layers, edges through the
//! gaps between layers, so that no edge crosses a node.

mod layered;
mod layers;
mod packing;
mod spread;
mod text;

pub(super) use text::{Face, fitted, width};

use super::{Direction, Edge, Graph, Kind, Node};

/// Space between the border of a node and what is inside.
const PADDING: f64 = 18.0;
/// Height of the line that names a node with others inside.
pub(super) const HEADER: f64 = 36.0;
/// Space left and right of the words of a node, the icon included.
pub(super) const ICON: f64 = 44.0;
pub(super) const MARGIN: f64 = 14.0;
/// Widths between which a node without others inside stays.
const NARROWEST: f64 = 132.0;
pub(super) const WIDEST: f64 = 320.0;

/// A place, in user units: x to the right, y down, from the corner of what it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// An extent.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Nodes and edges with their places, all in the coordinates of the node they stand in.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Drawing {
    pub(super) size: Size,
    pub(super) nodes: Vec<Placed>,
    pub(super) edges: Vec<Route>,
}

/// A node with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) at: Point,
    pub(super) inside: Drawing,
}

/// An edge on its way: from the first point to the last, with curves between points that are not in line.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Route {
    pub(super) points: Vec<Point>,
    /// The middle of the label.
    pub(super) label: Option<Point>,
}

impl Size {
    fn turned(self) -> Self {
        Self { width: self.height, height: self.width }
    }
}

impl Point {
    fn turned(self) -> Self {
        Self { x: self.y, y: self.x }
    }

    fn moved(self, by: Self) -> Self {
        Self { x: self.x + by.x, y: self.y + by.y }
    }
}

/// Lays out a whole graph; its size has no margin.
pub(super) fn drawing(graph: &Graph) -> Drawing {
    neighbours(&graph.nodes, &graph.edges, graph.direction)
}

/// Lays out nodes beside each other.
fn neighbours(nodes: &[Node], edges: &[Edge], direction: Direction) -> Drawing {
    let inside: Vec<Drawing> = nodes.iter().map(|node| whole(node, direction)).collect();
    let turn = direction == Direction::Right;
    let turned = |size: Size| if turn { size.turned() } else { size };
    let sizes: Vec<Size> = inside.iter().map(|drawing| turned(drawing.size)).collect();
    let label = |edge: &Edge| edge.label.as_deref().map(|label| turned(pill(label)));
    let labels: Vec<Option<Size>> = edges.iter().map(label).collect();
    let layout = packing::pack(&sizes, edges, &labels);
    let back = |point: Point| if turn { point.turned() } else { point };
    let nodes = layout.corners.into_iter().zip(inside);
    let routes = layout.routes.into_iter().map(|route| Route {
        points: route.points.into_iter().map(back).collect(),
        label: route.label.map(back),
    });
    Drawing {
        size: turned(layout.size),
        nodes: nodes.map(|(at, inside)| Placed { at: back(at), inside }).collect(),
        edges: routes.collect(),
    }
}

/// A node with all that is inside.
fn whole(node: &Node, direction: Direction) -> Drawing {
    let words = words(node);
    if node.nodes.is_empty() {
        return Drawing { size: words, ..Drawing::default() };
    }
    let content = neighbours(&node.nodes, &node.edges, direction);
    let (least, top) = if node.kind == Kind::Group { (0.0, PADDING) } else { (words.width, HEADER + 6.0) };
    let width = even((content.size.width + 2.0 * PADDING).max(least));
    let corner = Point { x: (width - content.size.width) / 2.0, y: top };
    let height = corner.y + content.size.height + PADDING;
    let mut drawing = content.moved(corner);
    drawing.size = Size { width, height };
    drawing
}

impl Drawing {
    fn moved(mut self, by: Point) -> Self {
        for node in &mut self.nodes {
            node.at = node.at.moved(by);
        }
        for route in &mut self.edges {
            route.points.iter_mut().for_each(|point| *point = point.moved(by));
            route.label = route.label.map(|label| label.moved(by));
        }
        self
    }
}

/// What the words of a node need: two lines beside an icon, or one line in the header of a node with others inside.
fn words(node: &Node) -> Size {
    let (label, detail) = (width(&node.label, Face::Label), width(&node.detail, Face::Detail));
    let (text, height) = match (node.kind, node.nodes.is_empty()) {
        (Kind::Decision, _) => (label + MARGIN, 34.0),
        (_, true) => (label.max(detail) + ICON + MARGIN, 54.0),
        (_, false) => (label + 10.0 + detail + ICON, HEADER),
    };
    let widest = if node.nodes.is_empty() { WIDEST } else { 2.0 * WIDEST };
    Size { width: even(text.clamp(NARROWEST, widest)), height }
}

/// The size of an edge's label.
pub(super) fn pill(label: &str) -> Size {
    Size { width: even((width(label, Face::Detail) + 16.0).min(WIDEST)), height: 20.0 }
}

/// The next even number: its half is exact, so that what stands in line is in line.
fn even(length: f64) -> f64 {
    (length / 2.0).ceil() * 2.0
}
