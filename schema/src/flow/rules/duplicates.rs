//! Ids that occur more than once.

use indexmap::IndexMap;

use super::super::place::Place;
use super::super::problem::Problem;
use super::enough::ENOUGH;

/// A problem for each id that an earlier one of `places` already has. Kestra names all ids in one message, which
/// the first problem carries: `words`, then the ids, each behind `prefix`.
pub(super) fn of(code: &'static str, words: &str, prefix: &str, places: &[Place<'_>]) -> Vec<Problem> {
    let ids = places.iter().filter_map(|place| place.get("id"));
    among(code, words, prefix, ids)
}

/// The same for ids wherever they stand.
pub(super) fn among<'flow>(
    code: &'static str,
    words: &str,
    prefix: &str,
    ids: impl Iterator<Item = Place<'flow>>,
) -> Vec<Problem> {
    let mut by_id: IndexMap<_, Vec<Place<'_>>> = IndexMap::new();
    for id in ids {
        if let Some(name) = id.node.text() {
            by_id.entry(name).or_default().push(id);
        }
    }
    by_id.retain(|_, ids| ids.len() > 1);
    let names: Vec<String> = by_id.keys().map(|name| format!("{prefix}{name}")).collect();
    let mut problems: Vec<Problem> = by_id
        .iter()
        .flat_map(|(name, ids)| ids[1..].iter().map(|id| repeated(code, name, id, &ids[0])))
        .take(ENOUGH)
        .collect();
    if let Some(first) = problems.first_mut() {
        *first = first.clone().of_flow(format!("{words} [{}]", names.join(", ")));
    }
    problems
}

fn repeated(code: &'static str, name: &str, id: &Place<'_>, first: &Place<'_>) -> Problem {
    let place = first.node.span.start;
    Problem::at(code, id, format!("`{name}` is already used at {place}; ids are unique"))
}
