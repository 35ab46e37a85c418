//! The rules of the checks that run before a flow does.

use super::super::place::Place;
use super::super::problem::Problem;
use super::Subject;
use super::text::{NOT_EMPTY, NOT_NULL};
use super::value::one_of;
use crate::line::KestraLine;

pub(super) fn checks(subject: &Subject<'_>) -> Vec<Problem> {
    subject.enough(subject.root.items("checks").iter().flat_map(|check| broken(check, subject.line)))
}

fn broken(check: &Place<'_>, line: KestraLine) -> Vec<Problem> {
    let names: &[&str] = match line {
        KestraLine::V1_3 => &["condition"],
        KestraLine::V2_0 => &["when", "condition"],
    };
    let missing =
        |name: &str, words: &str| Problem::missing("checks", check, name, "is required").constraint(words);
    // An older name counts too.
    let condition = names.iter().rev().find_map(|name| check.get(name));
    let unconditional = match condition {
        None => Some(missing(names[0], NOT_NULL)),
        Some(condition) if condition.node.as_str() == Some("") => Some(missing(names[0], NOT_EMPTY)),
        Some(_) => None,
    };
    let silent =
        check.text("message").is_none_or(|text| text.is_empty()).then(|| missing("message", NOT_EMPTY));
    let found = [
        unconditional,
        silent,
        one_of("checks", check, "style", &["ERROR", "SUCCESS", "WARNING", "INFO"]),
        one_of("checks", check, "behavior", &["BLOCK_EXECUTION", "FAIL_EXECUTION", "CREATE_EXECUTION"]),
    ];
    found.into_iter().flatten().collect()
}
