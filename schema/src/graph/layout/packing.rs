//! Puts what is not connected side by side, in rows of a bearable width.

use std::collections::BTreeMap;

use super::layered::{Layout, layered};
use super::{Point, Route, Size};
use crate::graph::Edge;

/// A row ends with the part that passes this width.
const ROW: f64 = 960.0;
const BESIDE: f64 = 28.0;
const BELOW: f64 = 28.0;

/// Lays out nodes of the given `sizes`; `labels` are those of `edges`.
pub(super) fn pack(sizes: &[Size], edges: &[Edge], labels: &[Option<Size>]) -> Layout {
    let mut whole = Layout {
        size: Size::default(),
        corners: vec![Point::default(); sizes.len()],
        routes: vec![Route::default(); edges.len()],
    };
    let (mut corner, mut row) = (Point::default(), 0.0_f64);
    for part in parts(sizes.len(), edges) {
        let layout = alone(&part, sizes, edges, labels);
        if corner.x > 0.0 && corner.x + layout.size.width > ROW {
            corner = Point { x: 0.0, y: corner.y + row + BELOW };
            row = 0.0;
        }
        row = row.max(layout.size.height);
        whole.size.width = whole.size.width.max(corner.x + layout.size.width);
        whole.size.height = corner.y + row;
        let width = layout.size.width;
        put(&mut whole, &part, layout, corner);
        corner.x += width + BESIDE;
    }
    whole
}

/// Nodes and edges that are connected, by their indices.
#[derive(Debug, Default)]
struct Part {
    nodes: Vec<usize>,
    edges: Vec<usize>,
}

/// The connected parts, those with edges first.
fn parts(count: usize, edges: &[Edge]) -> Vec<Part> {
    let mut roots: Vec<usize> = (0..count).collect();
    for edge in edges {
        let (from, to) = (root(&mut roots, edge.from), root(&mut roots, edge.to));
        roots[from.max(to)] = from.min(to);
    }
    let mut parts: BTreeMap<usize, Part> = BTreeMap::new();
    (0..count).for_each(|node| parts.entry(root(&mut roots, node)).or_default().nodes.push(node));
    for (index, edge) in edges.iter().enumerate() {
        parts.entry(root(&mut roots, edge.from)).or_default().edges.push(index);
    }
    let mut parts: Vec<Part> = parts.into_values().collect();
    parts.sort_by_key(|part| part.edges.is_empty());
    parts
}

/// The first node of the part of a node, as far as it is known. Later questions take a shorter way.
fn root(roots: &mut [usize], mut node: usize) -> usize {
    while roots[node] != node {
        roots[node] = roots[roots[node]];
        node = roots[node];
    }
    node
}

/// The layout of one part by itself.
fn alone(part: &Part, sizes: &[Size], edges: &[Edge], labels: &[Option<Size>]) -> Layout {
    let place: BTreeMap<usize, usize> =
        part.nodes.iter().enumerate().map(|(place, node)| (*node, place)).collect();
    let own = |index: &usize| {
        let edge = &edges[*index];
        Edge { from: place[&edge.from], to: place[&edge.to], ..edge.clone() }
    };
    let edges: Vec<Edge> = part.edges.iter().map(own).collect();
    let labels: Vec<Option<Size>> = part.edges.iter().map(|index| labels[*index]).collect();
    let sizes: Vec<Size> = part.nodes.iter().map(|node| sizes[*node]).collect();
    layered(&sizes, &edges, &labels)
}

fn put(whole: &mut Layout, part: &Part, layout: Layout, corner: Point) {
    for (node, at) in part.nodes.iter().zip(layout.corners) {
        whole.corners[*node] = at.moved(corner);
    }
    for (index, route) in part.edges.iter().zip(layout.routes) {
        let points = route.points.into_iter().map(|point| point.moved(corner)).collect();
        whole.routes[*index] = Route { points, label: route.label.map(|label| label.moved(corner)) };
    }
}
