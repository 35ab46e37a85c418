//! Compares values: maps by key, lists of named things by name, everything else as a whole.

use super::moves::moved;
use super::{Action, Change, Side, Subject, SubjectKind};
use crate::flow::keyed::keyed;
use crate::flow::tasks::OF_FLOW;
use crate::flow::{Place, Step};
use crate::meaning::{SERVER_SIDE, same_node};
use crate::yaml::{Node, Value};

/// Properties of a flow whose items or entries have names.
const NAMED: [(&str, SubjectKind); 5] = [
    ("triggers", SubjectKind::Trigger),
    ("inputs", SubjectKind::Input),
    ("outputs", SubjectKind::Output),
    ("variables", SubjectKind::Variable),
    ("labels", SubjectKind::Label),
];

/// The differences in everything but tasks.
pub(super) fn properties(old: &Place<'_>, new: &Place<'_>) -> Vec<Change> {
    let flow = Subject { kind: SubjectKind::Flow, id: String::new(), plugin: String::new() };
    let mut changes = Vec::new();
    for key in keys(old.node, new.node) {
        let sides = (child(old, key), child(new, key));
        let lists_tasks = |side: &Option<Place<'_>>| side.as_ref().is_some_and(super::tasks::is_list);
        let tasks = OF_FLOW.contains(&key) && (lists_tasks(&sides.0) || lists_tasks(&sides.1));
        if SERVER_SIDE.contains(&key) || tasks {
            continue;
        }
        let named = NAMED.iter().find(|(name, _)| *name == key);
        let found = named.and_then(|(_, kind)| named_parts(*kind, sides.0.as_ref(), sides.1.as_ref()));
        changes.extend(found.unwrap_or_else(|| Comparison { subject: &flow }.either(key, sides)));
    }
    changes
}

/// The keys of both maps, those of the old one first.
pub(super) fn keys<'flow>(old: &'flow Node, new: &'flow Node) -> Vec<&'flow str> {
    let of = |node: &'flow Node| node.as_mapping().into_iter().flatten().map(|(key, _)| key.as_str());
    of(old).chain(of(new).filter(|key| old.get(key).is_none())).collect()
}

/// The value of a key; here `null` is a value like others.
pub(super) fn child<'flow>(place: &Place<'flow>, key: &str) -> Option<Place<'flow>> {
    Some(Place { node: place.node.get(key)?, path: place.path.property(key) })
}

/// The differences between two lists or maps of named things; nothing when the names do not tell them apart.
fn named_parts(kind: SubjectKind, old: Option<&Place<'_>>, new: Option<&Place<'_>>) -> Option<Vec<Change>> {
    let lists = [old, new].map(|side| side.is_some_and(|place| place.node.as_sequence().is_some()));
    let (before, after) = (parts(old)?, parts(new)?);
    // An empty list is not the same as none, and a list not the same as a map.
    let alike = old.is_none() || new.is_none() || lists[0] == lists[1];
    let filled = !before.is_empty() || !after.is_empty();
    (alike && filled).then(|| by_name(kind, &before, &after, lists[0] && lists[1]))
}

/// Named parts in their order.
type Parts<'flow> = Vec<(String, Place<'flow>)>;

fn parts<'flow>(place: Option<&Place<'flow>>) -> Option<Parts<'flow>> {
    let Some(place) = place else { return Some(Vec::new()) };
    match &place.node.value {
        Value::Mapping(_) => {
            Some(place.entries().into_iter().map(|(key, part)| (key.to_owned(), part)).collect())
        }
        Value::Sequence(items) => {
            let names = keyed(items)?;
            let part = |(name, index): (std::borrow::Cow<'_, str>, usize)| {
                let path = place.path.then(Step::Index(index));
                (name.into_owned(), Place { node: &items[index], path })
            };
            Some(names.into_iter().map(part).collect())
        }
        _ => None,
    }
}

fn by_name(kind: SubjectKind, old: &Parts<'_>, new: &Parts<'_>, ordered: bool) -> Vec<Change> {
    let find = |parts: &Parts<'_>, name: &str| parts.iter().position(|(other, _)| other == name);
    let mut changes = Vec::new();
    for (name, place) in old {
        let subject = subject(kind, name, place);
        let partner = find(new, name).map(|index| &new[index].1);
        changes.extend(match partner {
            Some(other) => Comparison { subject: &subject }.values("", place, other),
            None => vec![removed(&subject, "", place)],
        });
    }
    for (name, place) in new.iter().filter(|(name, _)| find(old, name).is_none()) {
        changes.push(added(&subject(kind, name, place), "", place));
    }
    let names = |parts: &Parts<'_>| parts.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    for index in if ordered { moved(&names(old), &names(new)) } else { Vec::new() } {
        let (name, place) = &new[index];
        let before = find(old, name).map_or(place, |index| &old[index].1);
        changes.push(Change {
            action: Action::Moved,
            old: Some(Side { text: String::new(), ..side(before) }),
            new: Some(Side { text: behind(index.checked_sub(1).map(|above| &*new[above].0)), ..side(place) }),
            ..added(&subject(kind, name, place), "", place)
        });
    }
    changes
}

/// The place behind the part `above`.
pub(super) fn behind(above: Option<&str>) -> String {
    above.map_or_else(|| "now first".to_owned(), |above| format!("now after `{above}`"))
}

/// What a change is about.
pub(super) fn subject(kind: SubjectKind, name: &str, place: &Place<'_>) -> Subject {
    let plugin = place.text("type").unwrap_or_default().into_owned();
    Subject { kind, id: name.to_owned(), plugin }
}

pub(super) fn added(subject: &Subject, property: &str, place: &Place<'_>) -> Change {
    Change {
        subject: subject.clone(),
        property: property.to_owned(),
        action: Action::Added,
        old: None,
        new: Some(side(place)),
    }
}

pub(super) fn removed(subject: &Subject, property: &str, place: &Place<'_>) -> Change {
    Change { action: Action::Removed, old: Some(side(place)), new: None, ..added(subject, property, place) }
}

pub(super) fn side(place: &Place<'_>) -> Side {
    let text = match &place.node.value {
        Value::Null => "null".to_owned(),
        Value::Sequence(_) | Value::Mapping(_) => place.node.to_json().to_string(),
        _ => place.node.text().unwrap_or_default().into_owned(),
    };
    Side { path: place.path.clone(), span: place.node.span, text }
}

/// Compares values of one subject.
pub(super) struct Comparison<'subject> {
    pub(super) subject: &'subject Subject,
}

impl Comparison<'_> {
    /// The differences of a property that one side may not have.
    pub(super) fn either(
        &self,
        property: &str,
        sides: (Option<Place<'_>>, Option<Place<'_>>),
    ) -> Vec<Change> {
        match sides {
            (Some(old), Some(new)) => self.values(property, &old, &new),
            (Some(old), None) => vec![removed(self.subject, property, &old)],
            (None, Some(new)) => vec![added(self.subject, property, &new)],
            (None, None) => Vec::new(),
        }
    }

    /// The differences between two values of a property.
    pub(super) fn values(&self, property: &str, old: &Place<'_>, new: &Place<'_>) -> Vec<Change> {
        if same_node(old.node, new.node) {
            return Vec::new();
        }
        match (&old.node.value, &new.node.value) {
            (Value::Mapping(_), Value::Mapping(_)) => {
                let inner =
                    |key: &str| self.either(&joined(property, key), (child(old, key), child(new, key)));
                keys(old.node, new.node).into_iter().flat_map(inner).collect()
            }
            (Value::Sequence(a), Value::Sequence(b)) if are_maps(a) && are_maps(b) && a.len() == b.len() => {
                let pairs = old.elements().into_iter().zip(new.elements()).enumerate();
                pairs
                    .flat_map(|(index, (old, new))| self.values(&format!("{property}[{index}]"), &old, &new))
                    .collect()
            }
            _ => vec![self.changed(property, old, new)],
        }
    }

    pub(super) fn changed(&self, property: &str, old: &Place<'_>, new: &Place<'_>) -> Change {
        Change { action: Action::Changed, old: Some(side(old)), ..added(self.subject, property, new) }
    }
}

fn are_maps(items: &[Node]) -> bool {
    items.iter().all(|item| item.as_mapping().is_some())
}

fn joined(property: &str, key: &str) -> String {
    if property.is_empty() { key.to_owned() } else { format!("{property}.{key}") }
}
