//! Flows that start each other.

use crate::contract::Starts;
use crate::flow::{Flow, Severity};
use crate::line::KestraLine;

fn flow(id: &str, rest: &str) -> Flow {
    Flow::parse(&format!("id: {id}\nnamespace: n\n{rest}\n")).expect("the source is a flow")
}

fn calls(id: &str, callee: &str) -> Flow {
    let call =
        format!("  - {{id: call, type: io.kestra.plugin.core.flow.Subflow, namespace: n, flowId: {callee}}}");
    flow(id, &format!("tasks:\n{call}"))
}

fn awaits(id: &str, upstream: &str) -> Flow {
    let wait = format!(
        "  - {{id: t, type: io.kestra.plugin.core.trigger.Flow, dependsOn: [{{namespace: n, flowId: {upstream}}}]}}"
    );
    flow(id, &format!("triggers:\n{wait}"))
}

fn starts(flows: &[Flow]) -> Starts {
    let mut starts = Starts::default();
    flows.iter().for_each(|flow| starts.add(flow));
    starts
}

fn said(flows: &[Flow]) -> Vec<String> {
    let starts = starts(flows);
    let problems = flows.iter().filter_map(|flow| starts.circle(flow, &KestraLine::ALL));
    problems.map(|problem| problem.to_string()).collect()
}

#[test]
fn of_calls() {
    assert_eq!(said(&[calls("a", "b"), calls("b", "c")]), [""; 0]);
    let found = said(&[calls("a", "b"), calls("b", "c"), calls("c", "a"), calls("d", "a")]);
    assert_eq!(
        found[0],
        "tasks[0]: flows start each other without end: n.a → n.b → n.c → n.a (line 4, column 5)"
    );
    assert_eq!(found.len(), 3, "the flow that leads into the circle is not part of it: {found:?}");
}

#[test]
fn of_triggers() {
    let found = said(&[awaits("a", "b"), awaits("b", "a")]);
    assert_eq!(
        found[0],
        "triggers[0]: flows start each other without end: n.a → n.b → n.a (line 4, column 5)"
    );
    let found = said(&[calls("a", "b"), awaits("c", "b"), calls("b", "d")]);
    assert_eq!(found, [""; 0]);
    let found = said(&[calls("a", "b"), flow("b", "tasks: []"), awaits("c", "b"), awaits("a", "c")]);
    assert_eq!(
        found[0],
        "tasks[0]: flows start each other without end: n.a → n.b → n.c → n.a (line 4, column 5)"
    );
}

#[test]
fn of_conditions_nobody_knows() {
    let branch = |id: &str, callee: &str| {
        flow(
            id,
            &format!(
                "tasks:
  - id: if
    type: io.kestra.plugin.core.flow.If
    condition: '{{{{ inputs.again }}}}'
    then:
      - {{id: call, type: io.kestra.plugin.core.flow.Subflow, namespace: n, flowId: {callee}}}"
            ),
        )
    };
    assert_eq!(said(&[branch("a", "b"), calls("b", "a")]), [""; 0]);
    let failed = flow(
        "b",
        "triggers:\n  - {id: t, type: io.kestra.plugin.core.trigger.Flow, dependsOn: [{namespace: n, flowId: a, states: [FAILED]}]}",
    );
    assert_eq!(said(&[awaits("a", "b"), failed]), [""; 0]);
    let disabled = flow(
        "b",
        "disabled: true\ntasks:\n  - {id: call, type: io.kestra.plugin.core.flow.Subflow, namespace: n, flowId: a}",
    );
    assert_eq!(said(&[calls("a", "b"), disabled]), [""; 0]);
}

#[test]
fn the_newer_line_refuses_it() {
    let flows = [calls("a", "b"), calls("b", "a")];
    for (lines, severity) in [
        (&KestraLine::ALL[..], Severity::Warning),
        (&[KestraLine::V1_3], Severity::Warning),
        (&[KestraLine::V2_0], Severity::Error),
    ] {
        assert_eq!(
            starts(&flows).circle(&flows[0], lines).map(|problem| problem.severity),
            Some(severity),
            "{lines:?}"
        );
    }
}
