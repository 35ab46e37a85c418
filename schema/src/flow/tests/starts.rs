//! What keeps a flow from being started: inputs that take no value they get, triggers that wait for nothing that can come.

use super::*;

/// What people read about errors, and on 1.3 about warnings too: code, place, message.
#[track_caller]
fn assert_found(line: KestraLine, rows: &[(&str, &str)]) {
    for (top, expected) in rows {
        let flow = with_task(&format!("{top}\n"));
        let flow = Flow::parse(&flow).unwrap_or_else(|problems| panic!("{problems}: {top}"));
        let found = check(&flow, line);
        let found = found.iter().map(|problem| {
            let mark = if problem.severity == Severity::Error { '!' } else { '~' };
            format!("{mark} {} {problem}", problem.code)
        });
        assert_eq!(found.collect::<Vec<_>>().join("\n"), *expected, "{line}: {top}");
    }
}

#[test]
fn inputs_take_their_defaults() {
    assert_found(
        V2_0,
        &[
            ("inputs: [{id: a, type: INT, min: 1, defaults: '{{ vars.x }}'}]\nvariables: {x: 1}", ""),
            (
                "inputs: [{id: a, type: INT, defaults: many}]",
                "! input-value inputs[0].defaults: this default is none for the input `a`: `many` is not a valid INT value (line 3, column 39)",
            ),
            (
                "inputs: [{id: a, type: INT, max: 5, defaults: 6}]",
                "! input-value inputs[0].defaults: this default is none for the input `a`: it must be less than `5` (line 3, column 47)",
            ),
            (
                "inputs: [{id: a, type: TIME, before: '10:00', defaults: '12:00:00'}]",
                "! input-value inputs[0].defaults: this default is none for the input `a`: it must be before `10:00` (line 3, column 57)",
            ),
            (
                "inputs: [{id: a, type: SELECT, values: [x, y], defaults: z}]",
                "! input-value inputs[0].defaults: this default is none for the input `a`: it must match the values `[x, y]` (line 3, column 58)",
            ),
            (
                "inputs: [{id: f, type: FORM, inputs: [{id: a, type: STRING, validator: '[a-z]+', defaults: '1'}]}]",
                "! input-value inputs[0].inputs[0].defaults: this default is none for the input `f.a`: it must match the pattern `[a-z]+` (line 3, column 92)",
            ),
            (
                "inputs: [{id: a, type: FILE, defaults: a.csv}]",
                "! input-file inputs[0]: `a.csv` is no default for a file; write its `nsfile:///` or `file:///` address (line 3, column 40)",
            ),
            (
                "inputs: [{id: a, type: STRING, validator: '(a'}]",
                "! pattern inputs[0].validator: `(a` is no regular expression: unclosed group (line 3, column 43)",
            ),
            (
                "inputs: [{id: a, type: INT}, {id: a.b, type: INT}]",
                "! input-path inputs[1].id: `a` cannot be a value and hold `a.b` at the same time (line 3, column 35)",
            ),
            (
                "inputs: [{id: a, type: REUSABLE_INPUTS, ref: b}]",
                "~ enterprise inputs[0].type: only the Enterprise Edition of Kestra takes this (line 3, column 24)",
            ),
        ],
    );
    assert_found(
        V1_3,
        &[(
            "inputs: [{id: a, type: DURATION, defaults: 1h}]",
            "~ input-value inputs[0].defaults: this default is none for the input `a`: `1h` is not a valid DURATION value (line 3, column 44)",
        )],
    );
}

#[test]
fn triggers_give_what_the_flow_asks_for() {
    let schedule = |rest: &str| {
        format!(
            "inputs: [{{id: a, type: INT}}]\ntriggers:\n  - id: s\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: '@daily'{rest}"
        )
    };
    let missing = "this trigger starts the flow without `a`; give it `inputs`, or the inputs `defaults`";
    assert_found(
        V2_0,
        &[
            (&schedule("\n    inputs: {a: 3}"), ""),
            (&schedule(""), &format!("! trigger-inputs triggers[0]: {missing} (line 5, column 5)")),
            (
                &schedule("\n    inputs: {b: 3}"),
                &format!("! trigger-inputs triggers[0].inputs: {missing} (line 8, column 13)"),
            ),
            (
                &schedule("\n    inputs: {a: x}"),
                "! trigger-inputs triggers[0].inputs[a]: the input `a` does not take this: `x` is not a valid INT value (line 8, column 17)",
            ),
        ],
    );
    assert_found(
        V1_3,
        &[(&schedule(""), &format!("~ trigger-inputs triggers[0]: {missing} (line 5, column 5)"))],
    );
}

#[test]
fn triggers_wait_for_what_can_come() {
    let flow =
        |rest: &str| format!("triggers:\n  - {{id: f, type: io.kestra.plugin.core.trigger.Flow, {rest}}}");
    assert_found(
        V2_0,
        &[
            (
                &flow("mode: AT_LEAST, dependsOn: [{namespace: a, flowId: b}]"),
                "! flow-trigger triggers[0]: AT_LEAST needs `minSatisfied`, the number of flows that are enough (line 4, column 61)",
            ),
            (
                &flow("mode: AT_LEAST, minSatisfied: 2, dependsOn: [{namespace: a, flowId: b}]"),
                "! flow-trigger triggers[0]: `dependsOn` has only 1 (line 4, column 85)",
            ),
            (
                &flow("dependsOn: [{flowId: b}], window: {deadline: '10:00:00', every: PT1H}"),
                "! window triggers[0].window: Window of type `DAILY_TIME_DEADLINE` cannot have an every duration (line 4, column 119)",
            ),
            (
                &flow("dependsOn: [{flowId: b}], window: {from: '10:00:00'}"),
                "! window triggers[0].window: Window of type `DAILY_TIME_WINDOW` must have a to time (line 4, column 89)",
            ),
            (
                &flow("labels: {system.a: b}"),
                "! execution-labels triggers[0].labels[0].<list element>: `system.a` is Kestra's own; use a key without `system.` (line 4, column 64)",
            ),
        ],
    );
    let filters =
        |filter: &str| flow(&format!("preconditions: {{id: p, where: [{{id: w, filters: [{filter}]}}]}}"));
    let place = "triggers[0].preconditions.where[0].filters[0]";
    assert_found(
        V1_3,
        &[
            (&filters("{field: NAMESPACE, type: EQUAL_TO, value: a}"), ""),
            (
                &filters("{field: NAMESPACE, type: IN, value: a}"),
                &format!(
                    "! precondition-filter {place}: a filter of type IN has `values`, not `value` (line 4, column 140)"
                ),
            ),
            (
                &filters("{field: NAMESPACE, type: EQUAL_TO, value: a, values: [b]}"),
                &format!(
                    "! precondition-filter {place}: a filter of type EQUAL_TO has `value`, not `values` (line 4, column 157)"
                ),
            ),
        ],
    );
}

#[test]
fn a_working_directory_holds_tasks_for_workers() {
    let log = "{id: l, type: io.kestra.plugin.core.log.Log, message: x}";
    let directory = |tasks: &str| {
        format!(
            "id: w\nnamespace: t.a\ntasks:\n  - id: d\n    type: io.kestra.plugin.core.flow.WorkingDirectory\n    tasks: [{tasks}]\n"
        )
    };
    for (tasks, expected) in [
        (log.to_owned(), None),
        ("{id: x, type: org.example.Unknown}".to_owned(), None),
        (String::new(), Some("tasks[0]: needs at least one task (line 6, column 12)")),
        (
            format!("{log}, {{id: s, type: io.kestra.plugin.core.flow.Sequential, tasks: [{log}]}}")
                .replacen("id: l", "id: k", 1),
            Some(
                "tasks[0]: no worker runs this task: a WorkingDirectory takes neither flowable tasks nor subflows (line 6, column 85)",
            ),
        ),
    ] {
        for line in KestraLine::ALL {
            let flow = Flow::parse(&directory(&tasks)).expect("this is a flow");
            let found = check(&flow, line);
            let found =
                found.iter().find(|problem| problem.code == "working-directory").map(ToString::to_string);
            assert_eq!(found.as_deref(), expected, "{line}: {tasks}");
        }
    }
}
