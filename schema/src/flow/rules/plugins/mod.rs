//! The rules that come from the catalogs: whether plugins and models exist, have the properties they are given, and get
//! what they need. One walk finds every use of them; each rule looks at what the walk has found.

mod deprecated;
mod limits;
mod properties;
mod required;
mod types;
mod uses;
mod values;

pub(super) use deprecated::{plugins as deprecated_types, properties as deprecated_properties};
pub(super) use limits::limits;
pub(super) use properties::unknown as unknown_properties;
pub(super) use required::required;
pub(super) use types::{misspelled, unknown as unknown_types, wrong_kinds};
pub(super) use uses::Uses;
pub(super) use values::values;

use super::super::problem::Problem;
use crate::catalog::{Entry, Kind, Origin};

/// The problem as it is about `entry`: what a person has written down about a plugin may be incomplete, and refuses no
/// flow.
fn about(entry: &Entry, problem: Problem) -> Problem {
    match entry.origin {
        Origin::Kestra | Origin::Server => problem,
        Origin::ByHand => problem.warning(),
    }
}

/// The name of an entry in a sentence: a plugin's type, the last part of a model's class.
fn spoken(entry: &Entry) -> String {
    let name = match entry.kind {
        Kind::Model => entry.name.rsplit(['.', '$']).next().unwrap_or(&entry.name),
        _ => &entry.name,
    };
    format!("`{name}`")
}
