//! Finds circles among things that depend on each other by name.

use std::collections::BTreeMap;

/// The way from `start` along dependencies back to itself. `dependencies` gives those of a name, and none for
/// a name that does not exist.
pub(super) fn through<'graph>(
    start: &'graph str,
    dependencies: impl Fn(&str) -> &'graph [String],
) -> Option<Vec<&'graph str>> {
    let mut reached_from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut waiting = vec![start];
    while let Some(name) = waiting.pop() {
        for next in dependencies(name) {
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
        let graph = graph.map(|(name, dependency)| (name, [dependency.to_owned()]));
        let dependencies = |name: &str| match graph.iter().find(|(known, _)| *known == name) {
            Some((_, dependencies)) => dependencies.as_slice(),
            None => &[],
        };
        for (start, expected) in [("a", None), ("b", Some("b c")), ("d", Some("d")), ("e", None), ("x", None)]
        {
            assert_eq!(through(start, dependencies).map(|way| way.join(" ")).as_deref(), expected, "{start}");
        }
    }

    #[test]
    fn the_way_has_no_detours() {
        let graph = BTreeMap::from([
            ("a", ["b", "c", "d"].map(str::to_owned)),
            ("c", ["e", "b", "c"].map(str::to_owned)),
            ("e", ["d", "b", "a"].map(str::to_owned)),
        ]);
        let dependencies = |name: &str| graph.get(name).map(<[_; 3]>::as_slice).unwrap_or_default();
        for (start, expected) in [("a", Some(vec!["a", "c", "e"])), ("c", Some(vec!["c"])), ("b", None)] {
            assert_eq!(through(start, dependencies), expected, "{start}");
        }
    }
}
