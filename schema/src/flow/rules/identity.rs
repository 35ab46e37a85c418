//! The rules of a flow's own id, namespace and revision.

use std::sync::LazyLock;

use regex::Regex;

use super::super::problem::Problem;
use super::Subject;
use super::text::{NOT_BLANK, NOT_NULL, TextRule, whole};
use super::value::at_least;
use crate::line::KestraLine;
use crate::namespace;

const ID_PATTERN: &str = "^[a-zA-Z0-9][a-zA-Z0-9._-]*";
static ID_REGEX: LazyLock<Regex> = LazyLock::new(|| whole(ID_PATTERN));
static ID: TextRule = TextRule {
    code: "id",
    required: &[NOT_NULL, NOT_BLANK],
    blank: true,
    pattern: Some((ID_PATTERN, &ID_REGEX)),
    size: Some((1, 100, "size must be between 1 and 100")),
};

static NAMESPACE: TextRule = TextRule {
    code: "namespace",
    required: &[NOT_NULL],
    blank: false,
    pattern: Some((namespace::PATTERN, &namespace::REGEX)),
    size: Some((1, namespace::LONGEST, "size must be between 1 and 150")),
};

/// Flow ids that 1.3 keeps for paths of its API, in the order in which it lists them.
const RESERVED: [&str; 10] = [
    "pause",
    "resume",
    "force-run",
    "change-status",
    "kill",
    "executions",
    "search",
    "source",
    "disable",
    "enable",
];

pub(super) fn id(subject: &Subject<'_>) -> Vec<Problem> {
    ID.check(&subject.root, "id").into_iter().collect()
}

pub(super) fn namespace(subject: &Subject<'_>) -> Vec<Problem> {
    NAMESPACE.check(&subject.root, "namespace").or_else(|| unquoted(subject)).into_iter().collect()
}

/// 1.3 fails on a namespace that YAML reads as a number or a truth value.
fn unquoted(subject: &Subject<'_>) -> Option<Problem> {
    let namespace = subject.root.get("namespace").filter(|_| subject.line == KestraLine::V1_3)?;
    let text = namespace.node.text().filter(|_| namespace.node.as_str().is_none())?;
    Some(Problem::at(
        "namespace",
        &namespace,
        format!("write it in quotes, \"{text}\": Kestra 1.3 wants a text"),
    ))
}

pub(super) fn reserved_id(subject: &Subject<'_>) -> Vec<Problem> {
    let reserved = subject.root.get("id").filter(|_| subject.line == KestraLine::V1_3).and_then(|id| {
        let text = id.node.text().filter(|text| RESERVED.contains(&&**text))?;
        let words = format!(
            "Flow id is a reserved keyword: {text}. List of reserved keywords: {}",
            RESERVED.join(", ")
        );
        let human = format!("`{text}` is reserved by Kestra 1.3; choose another id");
        Some(Problem::at("reserved-id", &id, human).of_flow(words))
    });
    reserved.into_iter().collect()
}

pub(super) fn revision(subject: &Subject<'_>) -> Vec<Problem> {
    at_least("revision", &subject.root, "revision", 1).into_iter().collect()
}
