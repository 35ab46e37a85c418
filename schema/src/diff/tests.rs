//! Pairs of flows with what people read, and the agreement with [`crate::meaning`].

use proptest::prelude::*;

use super::*;
use crate::meaning;

fn flow(source: &str) -> Flow {
    Flow::parse(source).unwrap_or_else(|problems| panic!("{problems}: {source}"))
}

fn between(old: &str, new: &str) -> Diff {
    Diff::between(&flow(old), &flow(new))
}

const PARALLEL: &str = "type: io.kestra.plugin.core.flow.Parallel";
const SCHEDULE: &str = "type: io.kestra.plugin.core.trigger.Schedule";

/// Rows of an old flow, a new one and what people read.
#[track_caller]
fn check(rows: &[(&str, &str, &str)]) {
    for (old, new, expected) in rows {
        let diff = between(old, new);
        assert_eq!(diff.to_string(), *expected, "{old}\n{new}");
        assert_eq!(diff.is_empty(), meaning::same(old, new), "{old}\n{new}");
        assert!(between(old, old).is_empty() && between(new, new).is_empty());
    }
}

#[test]
fn differences_read_like_sentences() {
    check(&[
        ("id: a", "id: 'a' # same\nrevision: 4", ""),
        ("description: old", "description: new", "description `old` → `new`"),
        ("id: a", "id: a\ndescription: new", "description added: `new`"),
        (
            "concurrency: {limit: 1, behavior: FAIL}",
            "concurrency: {limit: 2}",
            "concurrency.limit `1` → `2`\nconcurrency.behavior removed, was `FAIL`",
        ),
        (
            "variables: {a: 1, b: 2}",
            "variables: {a: 2, c: [x]}",
            "variable `a`: `1` → `2`\nvariable `b` removed, was `2`\nvariable `c` added: `[\"x\"]`",
        ),
        ("labels: {team: a}", "labels: {team: b}", "label `team`: `a` → `b`"),
        (
            "labels: [{key: team, value: a}]",
            "labels: [{key: team, value: b}]",
            "label `team`: value `a` → `b`",
        ),
        (
            "inputs: [{id: a, type: INT}, {id: b, type: INT}]",
            "inputs: [{id: b, type: STRING}, {id: c, type: INT}]",
            "input `a` removed (INT)\ninput `b`: type `INT` → `STRING`\ninput `c` added (INT)",
        ),
        ("inputs: [{id: a}, {id: b}]", "inputs: [{id: b}, {id: a}]", "input `a` moved: now after `b`"),
        ("inputs: []", "id: a", "inputs removed, was `[]`\nid added: `a`"),
        (
            &format!("triggers: [{{id: daily, {SCHEDULE}, cron: 0 6 * * *}}]"),
            &format!("triggers: [{{id: daily, {SCHEDULE}, cron: 0 7 * * *}}]"),
            "trigger `daily`: cron `0 6 * * *` → `0 7 * * *`",
        ),
    ]);
}

#[test]
fn tasks_are_compared_by_id() {
    let sql = |line: &str| format!("tasks: [{{id: q, type: Q, sql: \"SELECT 1\\n{line}\\nLIMIT 1\"}}]");
    check(&[
        (
            "tasks: [{id: a, type: A}]",
            "tasks: [{id: b, type: B}]",
            "task `a` removed (A)\ntask `b` added (B)",
        ),
        (
            "tasks: [{id: a, type: A}]",
            "tasks: [{id: a, type: A, retry: {maxAttempts: 3}}]",
            "task `a`: retry added: `{\"maxAttempts\":3}`",
        ),
        (
            "tasks: [{id: a, retry: {maxAttempts: 2}}]",
            "tasks: [{id: a, retry: {maxAttempts: 3}}]",
            "task `a`: retry.maxAttempts `2` → `3`",
        ),
        (
            "tasks: [{id: a}, {id: b}, {id: c}]",
            "tasks: [{id: c}, {id: a}, {id: b}]",
            "task `c` moved: now first",
        ),
        (
            &format!("tasks: [{{id: a, type: A}}, {{id: p, {PARALLEL}, tasks: [{{id: b}}]}}]"),
            &format!("tasks: [{{id: p, {PARALLEL}, tasks: [{{id: b}}, {{id: a, type: A, x: 1}}]}}]"),
            "task `a`: x added: `1`\ntask `a` moved: now after `b` in `tasks` of `p`",
        ),
        (
            &format!("tasks: [{{id: p, {PARALLEL}, tasks: [{{id: b}}]}}]"),
            "tasks: [{id: b}]",
            "task `p` removed (io.kestra.plugin.core.flow.Parallel)\ntask `b` moved: now first in `tasks` of the flow",
        ),
        (
            "tasks: [{id: a}]\nerrors: []",
            "errors: [{id: a}]",
            "task `a` moved: now first in `errors` of the flow",
        ),
        (&sql("WHERE a"), &sql("WHERE b"), "task `q`: sql line 2: `WHERE a` → `WHERE b`"),
        (
            "tasks: [{id: d, type: io.kestra.plugin.core.flow.Dag, tasks: [{task: {id: a}}, {task: {id: b}, dependsOn: [a]}]}]",
            "tasks: [{id: d, type: io.kestra.plugin.core.flow.Dag, tasks: [{task: {id: a}}, {task: {id: b}}]}]",
            "task `b`: dependsOn removed, was `[\"a\"]`",
        ),
        (
            "tasks: [{id: s, type: io.kestra.plugin.core.flow.Switch, cases: {x: [{id: a}], y: 1}}]",
            "tasks: [{id: s, type: io.kestra.plugin.core.flow.Switch, cases: {z: [{id: a}], y: 2}}]",
            "task `s`: cases.y `1` → `2`\ntask `a` moved: now first in `cases.z` of `s`",
        ),
        (
            "tasks: [{id: a, x: ok}, {id: a, x: 1}]",
            "tasks: [{id: a, x: ok}, {id: a, x: 2}]",
            "task `a`: x `1` → `2`",
        ),
        ("tasks: [{type: A}]", "tasks: [{type: B}]", "task without an id: type `A` → `B`"),
    ]);
}

#[test]
fn differences_have_places_in_both_sources() {
    let old = "id: f\ntasks:\n  - id: a\n    message: x\n";
    let new = "id: f\ntasks:\n  - id: b\n  - id: a\n    message: yes\n";
    let diff = between(old, new);
    let change =
        diff.changes().iter().find(|change| change.property == "message").expect("the message changed");
    let place = |side: &Option<Side>, source: &str| {
        let side = side.as_ref().expect("both sides have it");
        format!("{} {} {}", side.path, side.span.start, &source[side.span.range()])
    };
    assert_eq!(place(&change.old, old), "tasks[0].message line 4, column 14 x");
    assert_eq!(place(&change.new, new), "tasks[1].message line 5, column 14 yes");
    assert_eq!(change.new.as_ref().map(|side| side.text.as_str()), Some("true"));
}

#[test]
fn a_summary_is_one_sentence() {
    let daily = |cron: &str| format!("triggers: [{{id: daily, {SCHEDULE}, cron: {cron}}}]");
    for (old, new, expected) in [
        ("id: a", "id: a", None),
        (&*daily("0 6 * * *"), &*daily("0 7 * * *"), Some("this changes the schedule")),
        ("id: a", &*daily("0 7 * * *"), Some("this adds trigger `daily` and removes the id")),
        (
            "tasks: [{id: a, x: 1, y: 1}, {id: b, x: 1}, {id: c}]\ndescription: x",
            "tasks: [{id: a, x: 2, y: 2}, {id: b, x: 2}, {id: d}, {id: e}]\ndescription: y\ninputs: [{id: i}]",
            Some("this changes 2 tasks and the description, adds input `i` and 2 tasks and removes task `c`"),
        ),
        ("labels: {a: 1, b: 1}", "labels: {a: 2, b: 2}", Some("this changes 2 labels")),
    ] {
        assert_eq!(between(old, new).summary().as_deref(), expected, "{old}\n{new}");
    }
}

/// Flows out of few words, so that names meet.
fn source() -> impl Strategy<Value = String> {
    let value =
        prop_oneof!["[ab]", "[01]", "true", "\\[\\]", "\\{\\}", "~", "\\{a: 1\\}", "\\[\\{id: a\\}, b\\]"];
    let leaf = (0..3, value.clone()).prop_map(|(id, value)| format!("{{id: t{id}, x: {value}}}"));
    let task = leaf.prop_recursive(3, 12, 3, |inner| {
        let list = prop::collection::vec(inner, 0..3).prop_map(|tasks| format!("[{}]", tasks.join(", ")));
        let class = "(Parallel|If|Switch|Dag|Pause)";
        (0..3, class, "(tasks|then|errors)", list.clone(), list).prop_map(|(id, class, name, a, b)| {
            let dag =
                if class == "Dag" { ", else: [{task: {id: t1, type: T}, dependsOn: [t2]}]" } else { "" };
            format!(
                "{{id: t{id}, type: io.kestra.plugin.core.flow.{class}, {name}: {a}, cases: {{k: {b}}}{dag}}}"
            )
        })
    });
    let list = prop::collection::vec(task, 0..3).prop_map(|tasks| format!("[{}]", tasks.join(", ")));
    let named = prop::collection::vec((0..3, value.clone()), 0..3).prop_map(|parts| {
        let parts: Vec<String> =
            parts.iter().map(|(id, value)| format!("{{id: i{id}, v: {value}}}")).collect();
        format!("[{}]", parts.join(", "))
    });
    let labels = prop_oneof![
        Just("{a: 1}"),
        Just("[{key: a, value: 1}]"),
        Just("{}"),
        Just("[]"),
        Just("{a: {key: a}}"),
        Just("[{key: a}]")
    ];
    (list.clone(), list, named, labels, value)
        .prop_map(|(tasks, errors, inputs, labels, value)| {
            format!("tasks: {tasks}\nerrors: {errors}\ninputs: {inputs}\nlabels: {labels}\nretry: {value}")
        })
        .prop_flat_map(|source| {
            let lines: Vec<String> = source.lines().map(str::to_owned).collect();
            let count = lines.len();
            prop::sample::subsequence(lines, 1..=count).prop_map(|lines| lines.join("\n"))
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_diff_is_empty_exactly_for_the_same_meaning(old in source(), new in source()) {
        let (Ok(a), Ok(b)) = (Flow::parse(&old), Flow::parse(&new)) else { return Ok(()) };
        let diff = Diff::between(&a, &b);
        prop_assert_eq!(diff.is_empty(), meaning::same(&old, &new), "{}", diff);
        prop_assert!(Diff::between(&a, &a).is_empty());
        prop_assert_eq!(diff.summary().is_none(), diff.is_empty());
    }

    /// Flows that differ in one letter, which is where a difference is easily lost.
    #[test]
    fn one_letter_is_seen(old in source(), at in any::<prop::sample::Index>(), letter in "[abt0-2~]") {
        let places: Vec<usize> = old.match_indices(|c: char| "abt012~".contains(c)).map(|(at, _)| at).collect();
        prop_assume!(!places.is_empty());
        let at = *at.get(&places);
        let new = format!("{}{letter}{}", &old[..at], &old[at + 1..]);
        let (Ok(a), Ok(b)) = (Flow::parse(&old), Flow::parse(&new)) else { return Ok(()) };
        prop_assert_eq!(Diff::between(&a, &b).is_empty(), meaning::same(&old, &new), "{}\n{}", old, new);
    }
}

#[test]
fn what_decides_when_a_flow_starts() {
    let daily = format!("triggers: [{{id: daily, {SCHEDULE}, cron: 0 6 * * *}}]");
    for (old, new, expected) in [
        (daily.as_str(), &*daily.replace('6', "7"), true),
        (&daily, "id: a", true),
        ("id: a", &daily, true),
        (&daily, &daily.replace("cron", "disabled: true, cron"), true),
        ("id: a", "id: a\ndisabled: true", true),
        ("description: a", "description: b", false),
        ("tasks: [{id: a}]", "tasks: [{id: b}]", false),
    ] {
        assert_eq!(between(old, new).changes_start(), expected, "{old}\n{new}");
    }
}
