//! Gives the vertices of a connected graph their layers and their order in them: edges point to later layers and
//! cross each other as little as some sweeps can reach.

/// Sweeps over all layers. More change nothing in graphs of the size of flows.
const SWEEPS: usize = 12;

/// Directed edges by the indices of their vertices.
pub(super) type Edges = Vec<(usize, usize)>;

/// The edges that leave each vertex, by their indices.
fn leaving(count: usize, edges: &Edges) -> Vec<Vec<usize>> {
    let mut leaving = vec![Vec::new(); count];
    for (index, edge) in edges.iter().enumerate() {
        leaving[edge.0].push(index);
    }
    leaving
}

/// How far a walk is with a vertex.
#[derive(Clone, Copy, PartialEq)]
enum Walk {
    Ahead,
    Inside,
    Done,
}

/// The edges with those turned that close a circle; says which.
pub(super) fn acyclic(count: usize, edges: &Edges) -> (Edges, Vec<bool>) {
    let leaving = leaving(count, edges);
    let mut state = vec![Walk::Ahead; count];
    let mut turned = vec![false; edges.len()];
    for root in 0..count {
        let mut path =
            if state[root] == Walk::Ahead { vec![(root, leaving[root].iter())] } else { Vec::new() };
        while let Some((vertex, rest)) = path.last_mut() {
            state[*vertex] = Walk::Inside;
            let Some(&edge) = rest.next() else {
                state[*vertex] = Walk::Done;
                path.pop();
                continue;
            };
            let next = edges[edge].1;
            match state[next] {
                Walk::Inside => turned[edge] = true,
                Walk::Ahead => path.push((next, leaving[next].iter())),
                Walk::Done => {}
            }
        }
    }
    let turn =
        |(&(from, to), turned): (&(usize, usize), &bool)| if *turned { (to, from) } else { (from, to) };
    (edges.iter().zip(&turned).map(turn).collect(), turned)
}

/// The layer of each vertex: behind all that lead to it, and a vertex that nothing leads to close to what follows.
pub(super) fn ranks(count: usize, edges: &Edges) -> Vec<usize> {
    let leaving = leaving(count, edges);
    let mut entering = vec![0_usize; count];
    edges.iter().for_each(|edge| entering[edge.1] += 1);
    let mut ranks = vec![0; count];
    let roots: Vec<usize> = (0..count).filter(|vertex| entering[*vertex] == 0).collect();
    let mut waiting = roots.clone();
    while let Some(vertex) = waiting.pop() {
        for &edge in &leaving[vertex] {
            let next = edges[edge].1;
            ranks[next] = ranks[next].max(ranks[vertex] + 1);
            entering[next] -= 1;
            if entering[next] == 0 {
                waiting.push(next);
            }
        }
    }
    for vertex in roots {
        let next = leaving[vertex].iter().map(|edge| ranks[edges[*edge].1]).min();
        ranks[vertex] = next.map_or(0, |next| next - 1);
    }
    ranks
}

/// The vertices of each layer in an order with few crossings. Every edge leads to the next layer.
pub(super) fn ordered(ranks: &[usize], edges: &Edges) -> Vec<Vec<usize>> {
    let mut layers = vec![Vec::new(); ranks.iter().max().map_or(0, |rank| rank + 1)];
    for vertex in visited(ranks, edges) {
        layers[ranks[vertex]].push(vertex);
    }
    let mut best = (crossings(&layers, edges), layers.clone());
    for sweep in 0..SWEEPS {
        sort_layers(&mut layers, edges, sweep % 2 == 0);
        let found = crossings(&layers, edges);
        if found < best.0 {
            best = (found, layers.clone());
        }
    }
    best.1
}

/// Every vertex in the order in which a walk along the edges finds it.
fn visited(ranks: &[usize], edges: &Edges) -> Vec<usize> {
    let leaving = leaving(ranks.len(), edges);
    let mut order = Vec::new();
    let mut seen = vec![false; ranks.len()];
    let mut roots: Vec<usize> = (0..ranks.len()).collect();
    roots.sort_by_key(|vertex| ranks[*vertex]);
    for root in roots {
        let mut waiting = vec![root];
        while let Some(vertex) = waiting.pop() {
            if !std::mem::replace(&mut seen[vertex], true) {
                order.push(vertex);
                waiting.extend(leaving[vertex].iter().rev().map(|edge| edges[*edge].1));
            }
        }
    }
    order
}

/// Sorts each layer by the middle places of its neighbours in the layer above, or below.
fn sort_layers(layers: &mut [Vec<usize>], edges: &Edges, down: bool) {
    let count: usize = layers.iter().map(Vec::len).sum();
    let mut neighbours = vec![Vec::new(); count];
    for &(from, to) in edges {
        let (own, other) = if down { (to, from) } else { (from, to) };
        neighbours[own].push(other);
    }
    let mut place = vec![0.0; count];
    let order: Vec<usize> =
        if down { (0..layers.len()).collect() } else { (0..layers.len()).rev().collect() };
    for layer in order {
        let wish = |vertex: &usize| {
            let wishes = &neighbours[*vertex];
            let sum: f64 = wishes.iter().map(|other| place[*other]).sum();
            (!wishes.is_empty()).then(|| sum / wishes.len() as f64)
        };
        let wishes: Vec<Option<f64>> = layers[layer].iter().map(wish).collect();
        layers[layer] = sorted(&layers[layer], &wishes);
        for (index, vertex) in layers[layer].iter().enumerate() {
            place[*vertex] = index as f64;
        }
    }
}

/// Sorts those with a wish and leaves the others where they are.
fn sorted(row: &[usize], wishes: &[Option<f64>]) -> Vec<usize> {
    let mut wishing: Vec<(usize, f64)> =
        row.iter().zip(wishes).filter_map(|(vertex, wish)| Some((*vertex, (*wish)?))).collect();
    wishing.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut next = wishing.into_iter().map(|(vertex, _)| vertex);
    row.iter().zip(wishes).map(|(vertex, wish)| wish.and_then(|_| next.next()).unwrap_or(*vertex)).collect()
}

/// How many pairs of edges cross.
fn crossings(layers: &[Vec<usize>], edges: &Edges) -> usize {
    let mut place = vec![(0, 0); layers.iter().map(Vec::len).sum()];
    for (rank, layer) in layers.iter().enumerate() {
        for (index, vertex) in layer.iter().enumerate() {
            place[*vertex] = (rank, index);
        }
    }
    let mut gaps = vec![Vec::new(); layers.len()];
    for &(from, to) in edges {
        gaps[place[from].0].push((place[from].1, place[to].1));
    }
    gaps.iter_mut().map(|gap| inversions(gap)).sum()
}

/// How many pairs of edges between two layers are in one order above and in the other below, counted with a Fenwick
/// tree over the places below.
fn inversions(gap: &mut [(usize, usize)]) -> usize {
    gap.sort_unstable();
    let width = gap.iter().map(|edge| edge.1 + 1).max().unwrap_or(0);
    let mut tree = vec![0_usize; width + 1];
    let mut found = 0;
    for (before, (_, to)) in gap.iter().enumerate() {
        let mut index = to + 1;
        let mut not_behind = 0;
        while index > 0 {
            not_behind += tree[index];
            index &= index - 1;
        }
        found += before - not_behind;
        index = to + 1;
        while index <= width {
            tree[index] += 1;
            index += index & index.wrapping_neg();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossings_are_counted() {
        for (mut gap, expected) in [
            (vec![], 0),
            (vec![(0, 0), (1, 1)], 0),
            (vec![(0, 1), (1, 0)], 1),
            (vec![(0, 1), (0, 0), (1, 1)], 0),
            (vec![(0, 2), (1, 1), (2, 0)], 3),
            (vec![(0, 0), (0, 2), (1, 1), (1, 0)], 2),
        ] {
            assert_eq!(inversions(&mut gap), expected, "{gap:?}");
        }
    }

    #[test]
    fn circles_are_opened() {
        let edges = vec![(0, 1), (1, 2), (2, 0), (2, 1)];
        let (open, turned) = acyclic(3, &edges);
        assert_eq!(turned, [false, false, true, true]);
        assert_eq!(ranks(3, &open), [0, 1, 2]);
    }
}
