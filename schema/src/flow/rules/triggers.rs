//! The rules of triggers.

use std::sync::LazyLock;

use regex::Regex;

use super::super::problem::Problem;
use super::Subject;
use super::duplicates;
use super::model::typed;
use super::text::{NOT_BLANK, NOT_NULL, TextRule, whole};
use crate::line::KestraLine;

const PATTERN: &str = "^[a-zA-Z0-9][a-zA-Z0-9_-]*";
static REGEX: LazyLock<Regex> = LazyLock::new(|| whole(PATTERN));
const ID: TextRule = TextRule {
    code: "trigger-id",
    required: &[NOT_NULL, NOT_BLANK],
    blank: true,
    pattern: Some((PATTERN, &REGEX)),
    size: None,
};
/// Only 2.0 counts the characters.
const COUNTED: TextRule =
    TextRule { size: Some((0, 256, "Trigger id must be at most 256 characters")), ..ID };

pub(super) fn ids(subject: &Subject<'_>) -> Vec<Problem> {
    let maps = subject.triggers.iter().filter(|trigger| trigger.node.as_mapping().is_some());
    let rule = if subject.line == KestraLine::V2_0 { &COUNTED } else { &ID };
    subject.enough(maps.filter_map(|trigger| rule.check(trigger, "id")))
}

pub(super) fn types(subject: &Subject<'_>) -> Vec<Problem> {
    subject.enough(subject.triggers.iter().filter_map(|trigger| typed("trigger-type", trigger)))
}

pub(super) fn duplicates(subject: &Subject<'_>) -> Vec<Problem> {
    duplicates::of("duplicate-trigger", "Duplicate trigger id with name", "", &subject.triggers)
}
