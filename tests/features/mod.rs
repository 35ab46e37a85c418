//! The matrix of the plugin protocol's features: which test proves which feature, in which kind of host. It is made from
//! marks in the documentation of tests, and `docs/protocol.md` is what it looks like.
//!
//! A test says what it proves in a line of its own, by the names in [`table`], and where it proves it in only one of the two
//! hosts that it runs on, in which:
//!
//! ```text
//! /// Proves: functions/variadic-parameters, functions/null-arguments
//! /// Proves on OpenTofu: identity/import-by-identity
//! #[test]
//! ```
//!
//! Every feature needs a proof among the tests of `tfplugin` itself.

mod marks;
mod page;
mod table;

use std::collections::BTreeSet;

use crate::{
    golden::{self, Files},
    tidy::{none, texts},
};
use marks::{Mark, marks};
use table::{Column, GROUPS, Support};

const PAGE: &str = "docs/protocol.md";

/// Marks in all tests, and what is wrong with them.
fn all_marks() -> (Vec<Mark>, Vec<String>) {
    let (mut found, mut findings) = (Vec::new(), Vec::new());
    for (path, text) in texts() {
        let Some(place) = Column::of(&path) else { continue };
        for mark in marks(&text, place) {
            match mark {
                Ok(mark) => found.push(Mark { path: path.clone(), ..mark }),
                Err(finding) => findings.push(format!("{path}: {finding}")),
            }
        }
    }
    (found, findings)
}

/// A mark names a feature, and one that its host has.
fn misplaced(mark: &Mark) -> Option<String> {
    let Mark { path, test, feature, column } = mark;
    let Some(group) = table::group(feature) else {
        return Some(format!("{path}: {test} proves {feature}, which is no feature in the table"));
    };
    let is_missing = !matches!(group.support(*column), Support::Here);
    is_missing.then(|| format!("{path}: {test} proves {feature} on {}, which has it not", column.title()))
}

/// Whoever takes the library alone must be able to see every feature proven.
fn unproven(marks: &[Mark]) -> impl Iterator<Item = String> {
    let own = marks.iter().filter(|mark| matches!(mark.column, Column::InProcess | Column::Process));
    let proven: BTreeSet<&str> = own.map(|mark| mark.feature.as_str()).collect();
    let features = GROUPS.iter().flat_map(|group| group.features());
    features
        .filter(move |(id, _)| !proven.contains(id.as_str()))
        .map(|(id, _)| format!("no test of tfplugin proves {id}"))
}

#[test]
fn every_feature_of_the_protocol_is_proven_and_the_page_says_where() {
    let (marks, mut findings) = all_marks();
    findings.extend(marks.iter().filter_map(misplaced));
    findings.extend(unproven(&marks));
    none(findings);
    golden::compare(&Files::from([(PAGE.to_owned(), Some(page::page(&marks)))]));
}

#[test]
fn the_names_of_features_are_their_own() {
    let ids: Vec<String> = GROUPS.iter().flat_map(|group| group.features()).map(|(id, _)| id).collect();
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
}
