//! A difference in words: what it is about, and the value before and after.

use std::fmt;

use super::{Action, Change, Side, Subject, SubjectKind};

/// Characters of a value that are shown.
const LONGEST: usize = 60;

impl SubjectKind {
    /// What people call it.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Flow => "flow",
            Self::Trigger => "trigger",
            Self::Input => "input",
            Self::Output => "output",
            Self::Task => "task",
            Self::Variable => "variable",
            Self::Label => "label",
        }
    }
}

/// ``trigger `daily` ``; `flow` for the flow itself.
impl fmt::Display for Subject {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, self.id.as_str()) {
            (SubjectKind::Flow, _) => out.write_str("flow"),
            (kind, "") => write!(out, "{} without an id", kind.noun()),
            (kind, id) => write!(out, "{} `{id}`", kind.noun()),
        }
    }
}

/// ``trigger `daily`: cron `0 6 * * *` → `0 7 * * *` ``.
impl fmt::Display for Change {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |side: &Option<Side>| side.as_ref().map(|side| side.text.clone()).unwrap_or_default();
        let (old, new) = (text(&self.old), text(&self.new));
        let whole = self.property.is_empty();
        match (self.subject.kind, whole) {
            (SubjectKind::Flow, _) => write!(out, "{}", self.property)?,
            (_, true) => write!(out, "{}", self.subject)?,
            (_, false) => write!(out, "{}: {}", self.subject, self.property)?,
        }
        let plugin = &self.subject.plugin;
        match self.action {
            Action::Changed if whole => write!(out, ": {}", Values(&old, &new)),
            Action::Changed => write!(out, " {}", Values(&old, &new)),
            Action::Moved => write!(out, " moved: {new}"),
            Action::Added if whole && !plugin.is_empty() => write!(out, " added ({plugin})"),
            Action::Removed if whole && !plugin.is_empty() => write!(out, " removed ({plugin})"),
            Action::Added => write!(out, " added: {}", Quoted(&new)),
            Action::Removed => write!(out, " removed, was {}", Quoted(&old)),
        }
    }
}

/// An old and a new value. Of texts with several lines only the first different line is shown.
struct Values<'text>(&'text str, &'text str);

impl fmt::Display for Values<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(old, new) = self;
        if !old.contains('\n') && !new.contains('\n') {
            return write!(out, "{} → {}", Quoted(old), Quoted(new));
        }
        let same = old.lines().zip(new.lines()).take_while(|(old, new)| old == new).count();
        let line = |text: &'_ str| text.lines().nth(same).map(str::to_owned);
        match (line(old), line(new)) {
            (Some(old), Some(new)) => {
                write!(out, "line {}: {} → {}", same + 1, Quoted(old.trim()), Quoted(new.trim()))
            }
            (None, Some(new)) => write!(out, "line {} added: {}", same + 1, Quoted(new.trim())),
            (Some(old), None) => write!(out, "line {} removed, was {}", same + 1, Quoted(old.trim())),
            (None, None) => out.write_str("ends with other line breaks"),
        }
    }
}

/// A value in one line between marks, shortened.
struct Quoted<'text>(&'text str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.0.split_whitespace().collect::<Vec<_>>().join(" ");
        let short: String = line.chars().take(LONGEST).collect();
        let more = if short.len() < line.len() { "…" } else { "" };
        write!(out, "`{short}{more}`")
    }
}
