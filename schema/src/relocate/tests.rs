//! What moves with a flow, and what stays.

use super::*;

fn moves(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(old, new)| ((*old).to_owned(), (*new).to_owned())).collect()
}

fn branch() -> BTreeMap<String, String> {
    moves(&[("company.sales", "pr-42.company.sales"), ("company.shared", "pr-42.company.shared")])
}

/// A flow of a namespace that is not moved, with `part` behind it.
fn around(part: &str) -> String {
    format!("id: a\nnamespace: other\n{part}")
}

#[track_caller]
fn check(moves: &BTreeMap<String, String>, part: &str, expected: &str) {
    assert_eq!(relocate(&around(part), moves).as_deref(), Ok(&*around(expected)));
}

#[test]
fn a_flow_is_moved_with_its_comments() {
    let source = "# Ours.\nid: a\nnamespace: company.sales # not company.shared\ntasks: []\n";
    let expected = "# Ours.\nid: a\nnamespace: pr-42.company.sales # not company.shared\ntasks: []\n";
    assert_eq!(relocate(source, &branch()).as_deref(), Ok(expected));
    assert_eq!(relocate(source, &BTreeMap::new()).as_deref(), Ok(source));
}

#[test]
fn properties_are_moved_however_deep_and_however_written() {
    for (part, expected) in [
        (
            "tasks: [{if: {then: [{namespace: \"company.sales.eu\"}]}}] # company.sales",
            "tasks: [{if: {then: [{namespace: \"pr-42.company.sales.eu\"}]}}] # company.sales",
        ),
        (
            "tasks: [{targetNamespace: 'company.shared'}]",
            "tasks: [{targetNamespace: 'pr-42.company.shared'}]",
        ),
        ("tasks: [{namespace: company.salesforce}]", "tasks: [{namespace: company.salesforce}]"),
        ("tasks: [{namespace: company}]", "tasks: [{namespace: company}]"),
        ("tasks: [{namespace: !!str company.sales}]", "tasks: [{namespace: !!str pr-42.company.sales}]"),
        (
            "tasks:\n- namespace: >-\n    company.sales\n  id: b",
            "tasks:\n- namespace: >-\n    pr-42.company.sales\n  id: b",
        ),
        (
            "triggers: [{preconditions: {flows: [{namespace: company.shared}]}}, {dependsOn: [{namespace: company.shared}]}]",
            "triggers: [{preconditions: {flows: [{namespace: pr-42.company.shared}]}}, {dependsOn: [{namespace: pr-42.company.shared}]}]",
        ),
        (
            "tasks: [{namespaceFiles: {namespaces: [company.shared, other]}}]",
            "tasks: [{namespaceFiles: {namespaces: [pr-42.company.shared, other]}}]",
        ),
        ("tasks: [{namespaces: ['{{ x }}', 1, null]}]", "tasks: [{namespaces: ['{{ x }}', 1, null]}]"),
    ] {
        check(&branch(), part, expected);
    }
}

#[test]
fn what_only_looks_like_a_namespace_stays() {
    for part in [
        "tasks: [{message: company.sales, id: company.sales}]",
        "tasks: [{inputs: {namespace: company.sales, namespaces: [company.sales]}}]",
        "labels: {namespace: company.sales}\nvariables: {a: {namespace: company.sales}}",
        "tasks: [{namespace: '{{ flow.namespace }}'}, {namespace: \"{{ 'company.sales' }}\"}]",
        "tasks: [{message: \"{{ kv('company.sales') }} {{ 'company.sales' }} {{ kv(key, company.sales) }}\"}]",
        "tasks: [{message: 'nsfile:///company.sales/a company.sales/a nsfile://company.salesforce/a'}]",
        "tasks: [{message: \"{{ kv('a', 'company.sales' \"}]",
    ] {
        check(&branch(), part, part);
    }
}

#[test]
fn expressions_and_addresses_are_moved_in_every_text() {
    for (part, expected) in [
        (
            r#"tasks: [{message: "{{ kv('url', 'company.shared') ~ secret(key=\"A\", namespace=\"company.sales\") }}"}]"#,
            r#"tasks: [{message: "{{ kv('url', 'pr-42.company.shared') ~ secret(key=\"A\", namespace=\"pr-42.company.sales\") }}"}]"#,
        ),
        (
            "tasks:\n- inputs:\n    a: |\n      {{ read('a.sql',\n        'company.sales') }}\n",
            "tasks:\n- inputs:\n    a: |\n      {{ read('a.sql',\n        'pr-42.company.sales') }}\n",
        ),
        (
            "tasks: [{message: '{{ subflow(''company.shared'', ''a'') }}'}]",
            "tasks: [{message: '{{ subflow(''pr-42.company.shared'', ''a'') }}'}]",
        ),
        (
            "tasks: [{inputFiles: {a.csv: nsfile://company.shared/a.csv, b: \"{{ read('nsfile://company.sales.eu/b') }}\"}}]",
            "tasks: [{inputFiles: {a.csv: nsfile://pr-42.company.shared/a.csv, b: \"{{ read('nsfile://pr-42.company.sales.eu/b') }}\"}}]",
        ),
    ] {
        check(&branch(), part, expected);
    }
}

#[test]
fn the_longest_move_counts_and_only_once() {
    let moves = moves(&[("a", "b"), ("b", "a.c"), ("a.x", "1"), ("y", "no")]);
    let part = |names: [&str; 6]| format!("tasks: [{{namespaces: [{}]}}]", names.join(", "));
    check(
        &moves,
        &part(["a", "b", "a.x", "a.x.z", "a.xy", "y"]),
        &part(["b", "a.c", "\"1\"", "1.z", "b.xy", "\"no\""]),
    );
}

#[test]
fn a_spelling_that_cannot_be_changed_is_shown() {
    let source = around("tasks: [{message: \"{{ kv('a', 'company.\\x73ales') }}\"}]");
    let error = relocate(&source, &branch()).unwrap_err().to_string();
    assert!(error.contains("`company.sales` at line 3, column 31"), "{error}");
}

#[test]
fn what_is_no_flow_or_no_namespace_is_refused() {
    assert!(matches!(relocate("a: [", &branch()), Err(RelocateError::Unreadable(_))));
    for wrong in [[("Company", "a")], [("a", "")], [("a", "x\n")], [("a", "b c")]] {
        assert!(
            matches!(relocate(&around(""), &moves(&wrong)), Err(RelocateError::NoNamespace(_))),
            "{wrong:?}"
        );
    }
}
