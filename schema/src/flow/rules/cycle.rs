//! Finds circles among things that depend on each other by name.

/// The way from `start` along dependencies back to itself. `dependencies` gives those of a name, and none for
/// a name that does not exist.
pub(super) fn through<'graph>(
    start: &str,
    dependencies: impl Fn(&str) -> &'graph [String],
) -> Option<Vec<String>> {
    let mut waiting = vec![vec![start.to_owned()]];
    let mut seen: Vec<&str> = Vec::new();
    while let Some(way) = waiting.pop() {
        for next in dependencies(way.last()?) {
            if next == start {
                return Some(way);
            }
            if !seen.contains(&next.as_str()) {
                seen.push(next);
                waiting.push([way.as_slice(), std::slice::from_ref(next)].concat());
            }
        }
    }
    None
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
}
