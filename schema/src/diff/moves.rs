//! Which items of a list have moved: as few as explain the new order.

/// The positions in `new` of the items that both lists have and that are not in the longest part of them whose order
/// stayed.
pub(super) fn moved<Name: PartialEq>(old: &[Name], new: &[Name]) -> Vec<usize> {
    let old: Vec<&Name> = old.iter().filter(|name| new.contains(name)).collect();
    let place = |name: &Name| old.iter().position(|other| *other == name);
    let common: Vec<(usize, usize)> =
        new.iter().enumerate().filter_map(|(index, name)| Some((index, place(name)?))).collect();
    // The longest ascending run that ends with each item, and the item before it in that run.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::new();
    for (at, (_, place)) in common.iter().enumerate() {
        let longest = (0..at)
            .filter(|before| common[*before].1 < *place)
            .max_by_key(|before| (runs[*before].0, at - before));
        runs.push((longest.map_or(1, |before| runs[before].0 + 1), longest));
    }
    let mut stayed = Vec::new();
    let mut end = (0..runs.len()).max_by_key(|at| (runs[*at].0, runs.len() - at));
    while let Some(at) = end {
        stayed.push(common[at].0);
        end = runs[at].1;
    }
    common.iter().map(|(index, _)| *index).filter(|index| !stayed.contains(index)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_items_explain_an_order() {
        for (old, new, expected) in [
            ("abc", "abc", vec![]),
            ("abc", "acb", vec![2]),
            ("abc", "cab", vec![0]),
            ("abc", "bca", vec![2]),
            ("abc", "cba", vec![1, 2]),
            ("abcd", "xbdy", vec![]),
            ("", "a", vec![]),
        ] {
            let names = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(moved(&names(old), &names(new)), expected, "{old} {new}");
        }
    }
}
