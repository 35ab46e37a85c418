//! Finds circles among things that depend on each other by name.

use std::collections::{BTreeMap, BTreeSet};

/// What depends on what, by name. Names that do not exist are no keys.
pub(crate) type Dependencies = BTreeMap<String, Vec<String>>;

/// The names from which a way leads back to them.
pub(crate) fn members(dependencies: &Dependencies) -> BTreeSet<&str> {
    let mut search =
        Search { positions: BTreeMap::new(), path: Vec::new(), starts: Vec::new(), found: BTreeSet::new() };
    for name in dependencies.keys() {
        search.from(name, dependencies);
    }
    search.found
}

/// A search in depth for groups of names that all lead to each other (Gabow's algorithm), without recursion: chains may be
/// long.
struct Search<'graph> {
    /// When each name was met; `None` once its group is complete.
    positions: BTreeMap<&'graph str, Option<usize>>,
    /// The names met whose groups are not complete.
    path: Vec<&'graph str>,
    /// Where in the path groups may start.
    starts: Vec<usize>,
    found: BTreeSet<&'graph str>,
}

impl<'graph> Search<'graph> {
    fn from(&mut self, start: &'graph str, dependencies: &'graph Dependencies) {
        let mut open = Vec::new();
        open.extend(self.meet(start, dependencies));
        while let Some((name, position, rest)) = open.last_mut() {
            let (name, position) = (*name, *position);
            match rest.next() {
                Some(next) if next == name => drop(self.found.insert(name)),
                Some(next) => match self.positions.get(next.as_str()) {
                    Some(None) => {}
                    Some(Some(met)) => {
                        self.starts.truncate(self.starts.partition_point(|start| start <= met))
                    }
                    None => open.extend(self.meet(next, dependencies)),
                },
                None => {
                    open.pop();
                    self.leave(position);
                }
            }
        }
    }

    /// Puts a name on the path, unless it was met before or does not exist.
    fn meet(
        &mut self,
        name: &'graph str,
        dependencies: &'graph Dependencies,
    ) -> Option<(&'graph str, usize, std::slice::Iter<'graph, String>)> {
        let (name, rest) = dependencies.get_key_value(name)?;
        let position = self.path.len();
        if self.positions.contains_key(name.as_str()) {
            return None;
        }
        self.positions.insert(name, Some(position));
        self.path.push(name);
        self.starts.push(position);
        Some((name, position, rest.iter()))
    }

    /// Completes the group that starts at `position`, if one does.
    fn leave(&mut self, position: usize) {
        if self.starts.pop_if(|start| *start == position).is_none() {
            return;
        }
        let group = self.path.split_off(position);
        if group.len() > 1 {
            self.found.extend(&group);
        }
        self.positions.extend(group.into_iter().map(|name| (name, None)));
    }
}

/// The way from `start` along dependencies back to itself.
pub(crate) fn through<'graph>(
    start: &'graph str,
    dependencies: &'graph Dependencies,
) -> Option<Vec<&'graph str>> {
    let mut reached_from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut waiting = vec![start];
    while let Some(name) = waiting.pop() {
        for next in dependencies.get(name).into_iter().flatten() {
            if next == start {
                return Some(way(start, name, &reached_from));
            }
            if !reached_from.contains_key(next.as_str()) {
                reached_from.insert(next, name);
                waiting.push(next);
            }
        }
    }
    None
}

/// The way from `start` to `end`, followed backwards and turned round.
fn way<'graph>(
    start: &'graph str,
    end: &'graph str,
    reached_from: &BTreeMap<&'graph str, &'graph str>,
) -> Vec<&'graph str> {
    let before = |name: &&'graph str| reached_from.get(name).copied().filter(|_| *name != start);
    let mut way: Vec<&str> = std::iter::successors(Some(end), before).collect();
    way.reverse();
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles() {
        let graph = [("a", "b"), ("b", "c"), ("c", "b"), ("d", "d"), ("e", "x")];
        let graph = graph.map(|(name, dependency)| (name.to_owned(), vec![dependency.to_owned()])).into();
        for (start, expected) in [("a", None), ("b", Some("b c")), ("d", Some("d")), ("e", None), ("x", None)]
        {
            assert_eq!(through(start, &graph).map(|way| way.join(" ")).as_deref(), expected, "{start}");
        }
    }

    /// A name is a member exactly when a way leads from it back to it, whatever the graph.
    #[test]
    fn members_are_those_with_a_way_back() {
        for number in 0_u64..500 {
            let edge = |from: u64, to: u64| {
                let mixed = (number * 64 + from * 8 + to).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                (mixed >> 32).is_multiple_of(7)
            };
            let targets = |from: u64| (0..9).filter(|to| edge(from, *to)).map(|to| to.to_string()).collect();
            let graph: Dependencies = (0..8).map(|from| (from.to_string(), targets(from))).collect();
            let has_way = |name: &&str| through(name, &graph).is_some();
            let expected: BTreeSet<&str> = graph.keys().map(String::as_str).filter(has_way).collect();
            assert_eq!(members(&graph), expected, "{graph:?}");
        }
    }

    #[test]
    fn the_way_has_no_detours() {
        let graph = [("a", ["b", "c", "d"]), ("c", ["e", "b", "c"]), ("e", ["d", "b", "a"])];
        let graph = graph.map(|(name, names)| (name.to_owned(), names.map(str::to_owned).to_vec())).into();
        for (start, expected) in [("a", Some(vec!["a", "c", "e"])), ("c", Some(vec!["c"])), ("b", None)] {
            assert_eq!(through(start, &graph), expected, "{start}");
        }
    }
}
