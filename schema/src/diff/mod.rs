//! What is different between two flows, by the names of tasks, triggers, inputs and outputs and not by lines: for
//! plans that say what a change does, and for people who review it.

mod compare;
mod moves;
mod summary;
mod tasks;
mod words;

use std::fmt;

use crate::flow::{Flow, Path};
use crate::yaml::Span;

/// The differences between two flows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diff {
    changes: Vec<Change>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What is different.
    pub subject: Subject,
    /// The property of it that is different, such as `retry.maxAttempts`; empty when it is the whole.
    pub property: String,
    /// What happened to it.
    pub action: Action,
    /// Where and what it was; nothing when it was added.
    pub old: Option<Side>,
    /// Where and what it is; nothing when it was removed.
    pub new: Option<Side>,
}

/// A part of a flow that has a name, or the flow itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// What it is.
    pub kind: SubjectKind,
    /// Its name; empty for the flow.
    pub id: String,
    /// The type of its plugin; empty for what has none.
    pub plugin: String,
}

/// The parts of a flow that have names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SubjectKind {
    /// The flow itself: what has no name of its own.
    Flow,
    /// A trigger.
    Trigger,
    /// An input.
    Input,
    /// An output.
    Output,
    /// A task at any depth.
    Task,
    /// A variable.
    Variable,
    /// A label.
    Label,
}

/// What happened to a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// It has another value.
    Changed,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It stands in another list, or at another place of its list.
    Moved,
}

/// One side of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The way to it from the root of its flow.
    pub path: Path,
    /// Its place in the source of its flow.
    pub span: Span,
    /// The value as text, lists and maps as JSON; of what moved, its place in words.
    pub text: String,
}

impl Diff {
    /// What changes when `old` becomes `new`: first the flow and its properties, then what has names. What the server
    /// alone decides does not count, nor do spelling, comments and the order of keys: the diff is empty exactly when
    /// both [mean the same](crate::meaning::same).
    pub fn between(old: &Flow, new: &Flow) -> Self {
        let mut changes = compare::properties(&old.place(), &new.place());
        changes.extend(tasks::changes(old, new));
        changes.sort_by_key(|change| change.subject.kind);
        Self { changes }
    }

    /// Whether both flows mean the same.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Every difference.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Whether the flow starts at other times or by other events: its triggers differ, or it is disabled or enabled.
    pub fn changes_start(&self) -> bool {
        let changes_start = |change: &Change| match change.subject.kind {
            SubjectKind::Trigger => change.action != Action::Moved,
            SubjectKind::Flow => change.property == "disabled",
            _ => false,
        };
        self.changes.iter().any(changes_start)
    }

    /// The differences in one sentence: `this changes the schedule and adds task load`. Nothing when there are none.
    pub fn summary(&self) -> Option<String> {
        summary::of(&self.changes)
    }
}

/// A line for each difference.
impl fmt::Display for Diff {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, change) in self.changes.iter().enumerate() {
            write!(out, "{}{change}", if index == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
