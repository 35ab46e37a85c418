//! When two flow sources are the same: by meaning, so that spelling is no drift, and by Kestra's own rule,
//! which decides whether a write makes a revision.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::yaml::{self, Mapping, Node, Value};

/// Top-level properties that belong to the server and say nothing about what a flow does.
pub(crate) const SERVER_SIDE: [&str; 2] = ["revision", "deleted"];

/// Whether two sources mean the same flow: equal values, whatever their spelling, comments and the order of
/// keys; the order of lists counts. Sources that Kestra cannot read mean the same only when they are equal.
pub fn same(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    match (yaml::parse(a), yaml::parse(b)) {
        (Ok(a), Ok(b)) => match (&a.value, &b.value) {
            (Value::Mapping(a), Value::Mapping(b)) => same_entries(a, b, &SERVER_SIDE),
            (a, b) => same_value(a, b),
        },
        _ => false,
    }
}

/// Whether Kestra takes two sources for the same revision: equal texts, apart from the number in a
/// `revision:` line.
pub fn same_source(a: &str, b: &str) -> bool {
    without_revision(a) == without_revision(b)
}

static REVISION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^revision: [0-9]+\n?").expect("the pattern compiles: every test uses it")
});

fn without_revision(source: &str) -> Cow<'_, str> {
    REVISION.replace(source, "")
}

pub(crate) fn same_node(a: &Node, b: &Node) -> bool {
    same_value(&a.value, &b.value)
}

fn same_value(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Sequence(a), Value::Sequence(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_node(a, b))
        }
        (Value::Mapping(a), Value::Mapping(b)) => same_entries(a, b, &[]),
        // Kestra computes with the double, so its spelling is gone; an integer is no float, it prints without
        // a point.
        (Value::Float(a), Value::Float(b)) => a.value == b.value,
        _ => a == b,
    }
}

fn same_entries(a: &Mapping, b: &Mapping, ignored: &[&str]) -> bool {
    let count = |entries: &Mapping| entries.keys().filter(|key| !ignored.contains(&key.as_str())).count();
    let mut counted = a.iter().filter(|(key, _)| !ignored.contains(&key.as_str()));
    count(a) == count(b)
        && counted.all(|(key, entry)| b.get(key).is_some_and(|other| same_node(&entry.value, &other.value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_is_no_change() {
        for (a, b, expected) in [
            ("id: a\nnamespace: b", "namespace: b\n\n# why\nid: 'a'\n", true),
            ("a: 0x1F", "a: 31", true),
            ("a: 1e3", "a: 1000.0", true),
            ("a: 1.0", "a: 1", false),
            ("a: '1'", "a: 1", false),
            ("a: yes", "a: true", true),
            ("a: yes", "a: 'yes'", false),
            ("a: ~", "a: null", true),
            ("a: ~", "a:", false),
            ("a: ~", "b: 1", false),
            ("a: |\n  x\n", "a: \"x\\n\"", true),
            ("a: [1, 2]", "a:\n- 1\n- 2\n", true),
            ("a: [1, 2]", "a: [2, 1]", false),
            ("a: {x: 1, y: 2}", "a: {y: 2, x: 1}", true),
            ("a: {x: 1, y: 2}", "a: {x: 1}", false),
            ("id: a\nrevision: 3", "id: a", true),
            ("id: a\nrevision: 3\ndeleted: false", "id: a\nrevision: 4", true),
            ("id: a\nb: {revision: 3}", "id: a\nb: {revision: 4}", false),
            ("id: a\ndisabled: true", "id: a", false),
            ("{{ x }}", "{{ x }}", true),
            ("{{ x }}", "{{  x }}", false),
            ("{{ x }}", "id: a", false),
            ("12345678901234567890123", "12345678901234567890124", false),
        ] {
            assert_eq!(same(a, b), expected, "{a:?} / {b:?}");
            assert_eq!(same(b, a), expected, "{b:?} / {a:?}");
        }
    }

    #[test]
    fn kestra_compares_texts() {
        for (a, b, expected) in [
            ("id: a\n", "id: a\n", true),
            ("id: a\n", "id: a\n\n", false),
            ("id: a\n", "id: a # x\n", false),
            ("id: a\nrevision: 3\n", "id: a\nrevision: 12\n", true),
            ("id: a\nrevision: 3\n", "id: a\n", true),
            ("revision: 1\nrevision: 2\n", "revision: 9\nrevision: 2\n", true),
            ("revision: 1\nrevision: 2\n", "revision: 3\n", false),
            ("id: a\n  revision: 3\n", "id: a\n", false),
        ] {
            assert_eq!(same_source(a, b), expected, "{a:?} / {b:?}");
        }
    }
}
