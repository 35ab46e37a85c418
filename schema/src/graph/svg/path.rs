//! The path of an edge: straight where its points are in line, a curve that leaves and arrives in the direction of the
//! graph elsewhere.

use std::fmt::Write;

use crate::graph::Direction;
use crate::graph::layout::Point;

/// The path through `points`.
pub(super) fn through(points: &[Point], direction: Direction) -> String {
    let mut path = String::new();
    if let Some(Point { x, y }) = points.first() {
        let _ = write!(path, "M{x} {y}");
    }
    for pair in points.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let (x, y) = ((from.x + to.x) / 2.0, (from.y + to.y) / 2.0);
        let _ = match direction {
            _ if from.x == to.x || from.y == to.y => write!(path, "L{} {}", to.x, to.y),
            Direction::Down => write!(path, "C{} {y} {} {y} {} {}", from.x, to.x, to.x, to.y),
            Direction::Right => write!(path, "C{x} {} {x} {} {} {}", from.y, to.y, to.x, to.y),
        };
    }
    path
}
