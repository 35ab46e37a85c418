//! What differs between two revisions: by the names of tasks, triggers and inputs, and line by line.

use std::time::Duration;

use maud::{Markup, html};
use schema::{diff::Diff, flow::Flow as Parsed};
use similar::{ChangeTag, TextDiff};

use super::parts;
use crate::store::flows::Flow;

/// Lines that are the same, shown around those that are not.
const AROUND: usize = 3;

/// After this time the rest of two texts counts as different.
const LONGEST: Duration = Duration::from_millis(500);

/// The difference by meaning; `None` where one side can't be read.
fn between(old: &Flow, new: &Flow) -> Option<Diff> {
    let parsed = |flow: &Flow| Parsed::parse(&flow.source).ok();
    Some(Diff::between(&parsed(old)?, &parsed(new)?))
}

/// The difference in a few words.
pub(super) fn sentence(old: &Flow, new: &Flow) -> String {
    if old.deleted {
        return "created again".into();
    }
    let summary = between(old, new).and_then(|diff| diff.summary());
    summary.unwrap_or_else(|| "this changes only how it is written".into())
}

pub(super) fn show(old: &Flow, new: &Flow) -> Markup {
    let changes = between(old, new).unwrap_or_default();
    html! {
        @if new.deleted && !old.deleted { p.note { "The flow was deleted." } }
        @if changes.is_empty() { (parts::nothing("Both mean the same.")) }
        @else { ul.changes { @for change in changes.changes() { li { (parts::sentence(&change.to_string())) } } } }
        @if old.source != new.source { (lines(&old.source, &new.source)) }
    }
}

/// The lines that differ and those around them, as a table of both numbers, a sign and the text.
fn lines(old: &str, new: &str) -> Markup {
    let diff = TextDiff::configure().timeout(LONGEST).diff_lines(old, new);
    let number = |index: Option<usize>| index.map(|index| (index + 1).to_string()).unwrap_or_default();
    html! {
        div.wide tabindex="0" {
            table.diff {
                caption.hidden { "Lines that differ" }
                @for (position, group) in diff.grouped_ops(AROUND).iter().enumerate() {
                    tbody {
                        @if position > 0 { tr.gap { td colspan="4" { "⋯" } } }
                        @for change in group.iter().flat_map(|operation| diff.iter_changes(operation)) {
                            @let (class, sign) = look(change.tag());
                            tr.(class) {
                                td.number { (number(change.old_index())) }
                                td.number { (number(change.new_index())) }
                                td.sign { (sign) }
                                td { code { (change.value().trim_end_matches(['\n', '\r'])) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn look(tag: ChangeTag) -> (&'static str, &'static str) {
    match tag {
        ChangeTag::Equal => ("same", " "),
        ChangeTag::Delete => ("removed", "−"),
        ChangeTag::Insert => ("added", "+"),
    }
}
