//! The rules of a flow's outputs.

use std::sync::LazyLock;

use regex::Regex;

use super::super::place::Place;
use super::super::problem::Problem;
use super::Subject;
use super::duplicates;
use super::inputs::known_types;
use super::text::{NOT_BLANK, NOT_NULL, TextRule, whole};
use super::value::{one_of, required};

const PATTERN: &str = "^[a-zA-Z0-9][.a-zA-Z0-9_-]*";
static REGEX: LazyLock<Regex> = LazyLock::new(|| whole(PATTERN));
static ID: TextRule = TextRule {
    code: "outputs",
    required: &[NOT_NULL, NOT_BLANK],
    blank: true,
    pattern: Some((PATTERN, &REGEX)),
    size: None,
};

pub(super) fn outputs(subject: &Subject<'_>) -> Vec<Problem> {
    let types = known_types(subject.line);
    let broken = |output: &Place<'_>| {
        [
            ID.check(output, "id"),
            required("outputs", output, "value"),
            required("outputs", output, "type"),
            one_of("outputs", output, "type", &types),
        ]
    };
    subject.enough(subject.root.items("outputs").iter().flat_map(broken).flatten())
}

pub(super) fn duplicates(subject: &Subject<'_>) -> Vec<Problem> {
    duplicates::of("duplicate-output", "Duplicate output with name", "", &subject.root.items("outputs"))
}
