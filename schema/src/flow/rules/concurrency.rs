//! The rules of a flow's concurrency limit.

use super::super::problem::Problem;
use super::Subject;
use super::value::{at_least, one_of, required};

pub(super) fn concurrency(subject: &Subject<'_>) -> Vec<Problem> {
    let Some(place) = subject.root.get("concurrency").filter(|place| place.node.as_mapping().is_some())
    else {
        return Vec::new();
    };
    let found = [
        required("concurrency", &place, "limit"),
        at_least("concurrency", &place, "limit", 1),
        one_of("concurrency", &place, "behavior", &["QUEUE", "CANCEL", "FAIL"]),
    ];
    found.into_iter().flatten().collect()
}
