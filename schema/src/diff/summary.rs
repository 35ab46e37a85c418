//! All differences in one sentence, for the plan of somebody who only wants to know what kind of change it is.

use std::collections::BTreeSet;

use super::{Action, Change, Subject, SubjectKind};

/// Actions with their verbs, in the order in which they are told.
const VERBS: [(Action, &str); 4] = [
    (Action::Changed, "changes"),
    (Action::Added, "adds"),
    (Action::Removed, "removes"),
    (Action::Moved, "moves"),
];

const KINDS: [SubjectKind; 6] = [
    SubjectKind::Trigger,
    SubjectKind::Input,
    SubjectKind::Output,
    SubjectKind::Task,
    SubjectKind::Variable,
    SubjectKind::Label,
];

/// The sentence, without a full stop; nothing when there is nothing to say.
pub(super) fn of(changes: &[Change]) -> Option<String> {
    let told = VERBS.iter().filter_map(|(action, verb)| {
        let things = things(changes, *action);
        (!things.is_empty()).then(|| format!("{verb} {}", listed(&things)))
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| format!("this {}", listed(&told)))
}

/// What an action happens to: the schedule and the properties of the flow by name, single things by their names,
/// others by their number.
fn things(changes: &[Change], action: Action) -> Vec<String> {
    // Whatever happens to a property, its owner changes.
    let concerned = |change: &&Change| {
        let own = change.property.is_empty() || change.subject.kind == SubjectKind::Flow;
        (if own { change.action } else { Action::Changed }) == action
    };
    let concerned: Vec<&Change> = changes.iter().filter(concerned).collect();
    let mut things = Vec::new();
    if concerned.iter().any(|change| action == Action::Changed && is_schedule(change)) {
        things.push("the schedule".to_owned());
    }
    let rest = || concerned.iter().filter(|change| action != Action::Changed || !is_schedule(change));
    for kind in KINDS {
        let subjects: BTreeSet<&Subject> =
            rest().map(|change| &change.subject).filter(|subject| subject.kind == kind).collect();
        match (subjects.len(), subjects.first()) {
            (1, Some(subject)) => things.push(subject.to_string()),
            (0, _) => {}
            (count, _) => things.push(format!("{count} {}s", kind.noun())),
        }
    }
    let of_flow = rest().filter(|change| change.subject.kind == SubjectKind::Flow);
    let names: BTreeSet<&str> =
        of_flow.filter_map(|change| change.property.split(['.', '[']).next()).collect();
    things.extend(names.into_iter().map(|name| format!("the {name}")));
    things
}

/// Whether the flow starts at other times.
fn is_schedule(change: &Change) -> bool {
    let plugin = change.subject.plugin.as_str();
    change.subject.kind == SubjectKind::Trigger
        && (plugin.ends_with(".Schedule") || plugin.ends_with(".ScheduleOnDates"))
        && ["cron", "timezone", "dates", "withSeconds", "disabled"]
            .iter()
            .any(|property| change.property.split('[').next() == Some(property))
}

/// `a, b and c`.
fn listed(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
