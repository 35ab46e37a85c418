//! The order of keys: what identifies a thing comes first, what it does next, the tasks it holds last.

use crate::yaml::{Entry, Mapping};

/// What a map is, as far as its order goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The flow.
    Flow,
    /// A task, a trigger, an input, an output.
    Item,
    /// The branches of a Switch by value.
    Cases,
    /// A plugin without an id, such as a task runner.
    Plugin,
    /// Anything of the user.
    Other,
}

/// Properties of a flow in the order in which they are printed; others follow in the author's.
const FLOW: &[&str] = &[
    "id",
    "namespace",
    "revision",
    "description",
    "disabled",
    "draft",
    "labels",
    "inputs",
    "variables",
    "tasks",
    "errors",
    "finally",
    "afterExecution",
    "outputs",
    "triggers",
];

const ITEM: &[&str] = &["id", "type", "displayName", "description", "task", "dependsOn"];

/// Properties that hold tasks. They are long, so what else a task has would be lost behind them.
const HOLDERS: &[&str] = &["onPause", "tasks", "then", "else", "cases", "defaults", "errors", "finally"];

/// Lists of a flow whose items have ids.
const LISTS: &[&str] = &["tasks", "errors", "finally", "afterExecution", "inputs", "outputs", "triggers"];

impl Part {
    /// What the value of `key` is; the items of a list are what the list is.
    pub(super) fn of(self, key: &str) -> Self {
        match (self, key) {
            (Self::Flow, _) if LISTS.contains(&key) => Self::Item,
            (Self::Item, "cases") => Self::Cases,
            (Self::Item, "task" | "inputs") | (Self::Cases, _) => Self::Item,
            (Self::Item, _) if HOLDERS.contains(&key) => Self::Item,
            (Self::Flow | Self::Item, "retry" | "taskRunner") => Self::Plugin,
            _ => Self::Other,
        }
    }

    /// The entries in canonical order.
    pub(super) fn ordered(self, entries: &Mapping) -> Vec<(&String, &Entry)> {
        let mut ordered: Vec<_> = entries.iter().collect();
        ordered.sort_by_key(|(key, _)| self.rank(key));
        ordered
    }

    fn rank(self, key: &str) -> usize {
        let (first, last): (&[&str], &[&str]) = match self {
            Self::Flow => (FLOW, &[]),
            Self::Item => (ITEM, HOLDERS),
            Self::Plugin => (&["type"], &[]),
            Self::Cases | Self::Other => (&[], &[]),
        };
        let place = |keys: &[&str]| keys.iter().position(|other| *other == key);
        place(first).unwrap_or_else(|| first.len() + place(last).map_or(0, |place| place + 1))
    }
}
