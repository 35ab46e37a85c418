//! Lays out a connected graph in layers from top to bottom. Labels of edges stand in layers like nodes, and edges that
//! pass a layer have a place in it, so that nothing lies on anything else.

use super::layers::{Edges, acyclic, ordered, ranks};
use super::spread::{Wish, spread};
use super::{Point, Route, Size};
use crate::graph::{Edge, EdgeKind};

/// Space between neighbours in a layer, and around an edge that passes.
const BESIDE: f64 = 28.0;
const BESIDE_EDGE: f64 = 14.0;
/// Space between layers, and around one of labels only.
const BELOW: f64 = 38.0;
const BELOW_LABEL: f64 = 20.0;
/// Bends at most. A drawing with more edges that pass layers can hardly be read, and must not exhaust memory: edges then
/// pass behind nodes.
const BENDS: usize = 20_000;
/// Sweeps that move neighbours in line.
const SWEEPS: usize = 24;

/// Corners of the nodes and ways of the edges, from the corner of the whole.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) size: Size,
    pub(super) corners: Vec<Point>,
    pub(super) routes: Vec<Route>,
}

/// What stands in a layer.
#[derive(Clone, Copy, PartialEq)]
enum Vertex {
    Node(Size),
    Label(Size),
    Bend,
}

impl Vertex {
    fn size(self) -> Size {
        match self {
            Self::Node(size) | Self::Label(size) => size,
            Self::Bend => Size::default(),
        }
    }

    /// Half of the room it needs in its layer.
    fn half(self) -> f64 {
        let beside = if self == Self::Bend { BESIDE_EDGE } else { BESIDE };
        (self.size().width + beside) / 2.0
    }
}

/// A graph with a vertex wherever an edge passes a layer.
struct Layered {
    vertices: Vec<Vertex>,
    ranks: Vec<usize>,
    /// Edges between neighbouring layers.
    links: Edges,
    /// The neighbours of each vertex in the layers above and below, and how much it wants to be in line with them.
    above: Vec<Vec<(usize, f64)>>,
    below: Vec<Vec<(usize, f64)>>,
    /// The vertices of each edge of the graph from its upper to its lower end.
    chains: Vec<Vec<usize>>,
}

/// Lays out nodes of the given `sizes`; `labels` are those of `edges`.
pub(super) fn layered(sizes: &[Size], edges: &[Edge], labels: &[Option<Size>]) -> Layout {
    let ends: Edges = edges.iter().map(|edge| (edge.from, edge.to)).collect();
    let (ends, turned) = acyclic(sizes.len(), &ends);
    let graph = Layered::new(sizes, edges, &ends, labels);
    let layers = ordered(&graph.ranks, &graph.links);
    let middles = graph.middles(&layers);
    let bands = graph.bands(&layers);
    let corner = |vertex: usize| Point {
        x: round(middles[vertex] - graph.vertices[vertex].size().width / 2.0),
        y: bands[graph.ranks[vertex]].0,
    };
    let route = |(chain, turned): (&Vec<usize>, &bool)| graph.route(chain, *turned, &middles, &bands);
    let right =
        (0..graph.vertices.len()).map(|vertex| middles[vertex] + graph.vertices[vertex].size().width / 2.0);
    Layout {
        size: Size {
            width: right.fold(0.0, f64::max).ceil(),
            height: bands.last().map_or(0.0, |band| band.1),
        },
        corners: (0..sizes.len()).map(corner).collect(),
        routes: graph.chains.iter().zip(&turned).map(route).collect(),
    }
}

impl Layered {
    fn new(sizes: &[Size], edges: &[Edge], ends: &Edges, labels: &[Option<Size>]) -> Self {
        let mut vertices: Vec<Vertex> = sizes.iter().copied().map(Vertex::Node).collect();
        let mut chains: Vec<Vec<usize>> = Vec::new();
        for (&(from, to), label) in ends.iter().zip(labels) {
            chains.push(match label {
                Some(size) => {
                    vertices.push(Vertex::Label(*size));
                    vec![from, vertices.len() - 1, to]
                }
                None => vec![from, to],
            });
        }
        let steps = chains.iter().flat_map(|chain| chain.windows(2).map(|pair| (pair[0], pair[1]))).collect();
        let ranks = ranks(vertices.len(), &steps);
        let mut graph =
            Self { vertices, ranks, links: Vec::new(), above: Vec::new(), below: Vec::new(), chains };
        graph.add_bends();
        graph.link(edges);
        graph
    }

    /// Joins the vertices of each edge. The way after a failure bends before the usual one does.
    fn link(&mut self, edges: &[Edge]) {
        (self.above, self.below) =
            (vec![Vec::new(); self.vertices.len()], vec![Vec::new(); self.vertices.len()]);
        for (chain, edge) in self.chains.iter().zip(edges) {
            let weight = if edge.kind == EdgeKind::Failure { 0.001 } else { 1.0 };
            let near = |pair: &&[usize]| self.ranks[pair[0]] + 1 == self.ranks[pair[1]];
            for pair in chain.windows(2).filter(near) {
                // Long edges are straight where they pass.
                let passes = pair.iter().all(|vertex| self.vertices[*vertex] == Vertex::Bend);
                let weight = weight * if passes { 8.0 } else { 1.0 };
                self.links.push((pair[0], pair[1]));
                self.above[pair[1]].push((pair[0], weight));
                self.below[pair[0]].push((pair[1], weight));
            }
        }
    }

    /// Puts a bend into every layer that an edge passes.
    fn add_bends(&mut self) {
        let most = self.vertices.len() + BENDS;
        for chain in &mut self.chains {
            let mut whole = Vec::new();
            for pair in chain.windows(2) {
                whole.push(pair[0]);
                let passed = self.ranks[pair[0]] + 1..self.ranks[pair[1]];
                if self.vertices.len() + passed.len() > most {
                    continue;
                }
                for rank in passed {
                    whole.push(self.vertices.len());
                    self.vertices.push(Vertex::Bend);
                    self.ranks.push(rank);
                }
            }
            whole.extend(chain.last());
            *chain = whole;
        }
    }

    /// The middle of every vertex: each layer in turn follows its neighbours. The leftmost edge is at 0.
    fn middles(&self, layers: &[Vec<usize>]) -> Vec<f64> {
        let mut middles = vec![0.0; self.vertices.len()];
        for sweep in 0..SWEEPS {
            let down = sweep % 2 == 0;
            let order: Vec<&Vec<usize>> =
                if down { layers.iter().collect() } else { layers.iter().rev().collect() };
            for layer in order {
                let wishes: Vec<Wish> =
                    layer.iter().map(|vertex| self.wish(*vertex, down, &middles)).collect();
                for (vertex, middle) in layer.iter().zip(spread(&wishes)) {
                    middles[*vertex] = middle;
                }
            }
        }
        let left = |vertex: usize| middles[vertex] - self.vertices[vertex].size().width / 2.0;
        let start = (0..middles.len()).map(left).fold(f64::INFINITY, f64::min);
        middles.iter().map(|middle| round(middle - start)).collect()
    }

    /// Where a vertex wants to be: in line with those it is linked to, in the layer above or below.
    fn wish(&self, vertex: usize, down: bool, middles: &[f64]) -> Wish {
        let neighbours = if down { &self.above[vertex] } else { &self.below[vertex] };
        let weight: f64 = neighbours.iter().map(|(_, weight)| weight).sum();
        let sum: f64 = neighbours.iter().map(|(other, weight)| middles[*other] * weight).sum();
        let (middle, weight) = if weight > 0.0 { (sum / weight, weight) } else { (middles[vertex], 0.01) };
        Wish { middle, weight, half: self.vertices[vertex].half() }
    }

    /// Where each layer starts and ends.
    fn bands(&self, layers: &[Vec<usize>]) -> Vec<(f64, f64)> {
        let only_labels = |layer: &Vec<usize>| {
            !layer.iter().any(|vertex| matches!(self.vertices[*vertex], Vertex::Node(_)))
        };
        let mut bands: Vec<(f64, f64)> = Vec::new();
        let mut above: Option<&Vec<usize>> = None;
        for layer in layers {
            let gap = match above {
                None => 0.0,
                Some(above) if only_labels(above) || only_labels(layer) => BELOW_LABEL,
                Some(_) => BELOW,
            };
            let start = bands.last().map_or(0.0, |band| band.1) + gap;
            let heights = layer.iter().map(|vertex| self.vertices[*vertex].size().height);
            bands.push((start, start + heights.fold(0.0, f64::max)));
            above = Some(layer);
        }
        bands
    }

    /// The way along a chain: straight through each layer, curved between them.
    fn route(&self, chain: &[usize], turned: bool, middles: &[f64], bands: &[(f64, f64)]) -> Route {
        let mut route = Route::default();
        for (index, &vertex) in chain.iter().enumerate() {
            let (x, (start, end)) = (middles[vertex], bands[self.ranks[vertex]]);
            let height = self.vertices[vertex].size().height;
            if index > 0 {
                route.points.push(Point { x, y: start });
            }
            if index == 0 {
                route.points.push(Point { x, y: start + height });
            }
            if index + 1 < chain.len() {
                route.points.push(Point { x, y: end });
            }
            if let Vertex::Label(size) = self.vertices[vertex] {
                route.label = Some(Point { x, y: start + size.height / 2.0 });
            }
        }
        route.points.dedup();
        if turned {
            route.points.reverse();
        }
        route
    }
}

/// Whole units are fine enough, and print the same everywhere.
fn round(value: f64) -> f64 {
    value.round()
}
