//! The rules of Flow triggers: what they wait for.

use super::super::place::Place;
use super::super::problem::Problem;
use super::Subject;
use super::duplicates;
use crate::line::KestraLine;

const CLASS: &str = "io.kestra.plugin.core.trigger.Flow";
const FILTER: &str = "io.kestra.plugin.core.trigger.Flow$Filter";

/// Filters that compare with several values; all others compare with one.
const OF_SEVERAL: [&str; 2] = ["IN", "NOT_IN"];

/// The preconditions of 1.3 have ids, under which Kestra remembers what has happened.
pub(super) fn preconditions(subject: &Subject<'_>) -> Vec<Problem> {
    if subject.line == KestraLine::V2_0 {
        return Vec::new();
    }
    let preconditions: Vec<Place<'_>> =
        subject.triggers.iter().filter_map(|trigger| trigger.get("preconditions")).collect();
    duplicates::of("duplicate-preconditions", "Duplicate preconditions with id", "", &preconditions)
}

pub(super) fn filters(subject: &Subject<'_>) -> Vec<Problem> {
    subject.enough(subject.uses.of_class(FILTER).filter_map(bad_filter))
}

fn bad_filter(filter: &Place<'_>) -> Option<Problem> {
    let kind = filter.text("type")?;
    let wanted = if OF_SEVERAL.contains(&&*kind) { "values" } else { "value" };
    let (place, human, words) = ["value", "values"].into_iter().find_map(|name| match filter.get(name) {
        None if name == wanted => Some((
            filter.clone(),
            format!("a filter of type {kind} needs `{name}`"),
            format!("`{name}` cannot be null for type {kind}"),
        )),
        Some(place) if name != wanted => Some((
            place,
            format!("a filter of type {kind} has `{wanted}`, not `{name}`"),
            format!("`{name}` must be null for type {kind}"),
        )),
        _ => None,
    })?;
    let problem = Problem::at("precondition-filter", &place, human);
    Some(Problem { path: filter.path.clone(), ..problem }.constraint(words))
}

/// In 2.0 a trigger may wait for some of several flows.
pub(super) fn modes(subject: &Subject<'_>) -> Vec<Problem> {
    let is_2_0 = subject.line == KestraLine::V2_0;
    let at_least = |trigger: &&Place<'_>| is_2_0 && trigger.text("mode").as_deref() == Some("AT_LEAST");
    subject.enough(subject.uses.of_class(CLASS).filter(at_least).filter_map(bad_mode))
}

fn bad_mode(trigger: &Place<'_>) -> Option<Problem> {
    let count = trigger.items("dependsOn").len();
    let (place, human, words) = match trigger.get("minSatisfied") {
        None => (
            trigger.get("mode")?,
            "AT_LEAST needs `minSatisfied`, the number of flows that are enough".to_owned(),
            "`minSatisfied` must be set when mode is AT_LEAST",
        ),
        Some(least) if least.node.text()?.parse::<usize>().ok()? > count => (
            least,
            format!("`dependsOn` has only {count}"),
            "`minSatisfied` must be lower than or equal to the number of `dependsOn`",
        ),
        Some(_) => return None,
    };
    let problem = Problem::at("flow-trigger", &place, human);
    Some(Problem { path: trigger.path.clone(), ..problem }.constraint(words))
}
