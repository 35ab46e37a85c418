//! The rules of triggers.

use std::sync::LazyLock;

use regex::Regex;

use super::super::problem::Problem;
use super::Subject;
use super::duplicates;
use super::model::typed;
use super::text::{NOT_BLANK, NOT_NULL, TextRule, whole};

const PATTERN: &str = "^[a-zA-Z0-9][a-zA-Z0-9_-]*";
static REGEX: LazyLock<Regex> = LazyLock::new(|| whole(PATTERN));
static ID: TextRule = TextRule {
    code: "trigger-id",
    required: &[NOT_NULL, NOT_BLANK],
    blank: true,
    pattern: Some((PATTERN, &REGEX)),
    size: None,
};

pub(super) fn ids(subject: &Subject<'_>) -> Vec<Problem> {
    let maps = subject.triggers.iter().filter(|trigger| trigger.node.as_mapping().is_some());
    maps.filter_map(|trigger| ID.check(trigger, "id")).collect()
}

pub(super) fn types(subject: &Subject<'_>) -> Vec<Problem> {
    subject.triggers.iter().filter_map(|trigger| typed("trigger-type", trigger)).collect()
}

pub(super) fn duplicates(subject: &Subject<'_>) -> Vec<Problem> {
    duplicates::of("duplicate-trigger", "Duplicate trigger id with name", "", &subject.triggers)
}
