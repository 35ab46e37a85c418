//! Calls beside the contract of the flow that they call.

use crate::contract::{Caller, Contract, calls, check_together};
use crate::flow::Flow;
use crate::line::KestraLine;

const CALLEE: &str = "
id: load
namespace: company.library
inputs:
  - {id: table, type: STRING}
  - {id: day, type: DATE}
  - {id: limit, type: INT, defaults: 10}
  - {id: full, type: BOOL, required: false}
  - {id: mode, type: SELECT, values: [append, merge], defaults: append}
  - {id: tags, type: ARRAY, itemType: INT, required: false}
  - {id: where, type: FORM, inputs: [{id: region, type: STRING, required: false}]}
  - {id: only, type: STRING, dependsOn: {inputs: [full], condition: '{{ inputs.full }}'}}
tasks:
  - {id: t, type: io.kestra.plugin.core.log.Log, message: hi}
outputs:
  - {id: rows, type: INT, value: 1}
";

fn flow(source: &str) -> Flow {
    Flow::parse(source).expect("the source is a flow")
}

/// A caller whose task has these lines more.
fn caller(lines: &str) -> String {
    let head = "
id: parent
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.library
    flowId: load
";
    let lines: String = lines.lines().map(|line| format!("    {line}\n")).collect();
    format!("{head}{lines}  - id: after\n    type: io.kestra.plugin.core.log.Log\n    message: ")
}

fn said(caller: &str) -> Vec<String> {
    let (caller, callee) = (flow(caller), flow(CALLEE));
    let together = check_together(&[&caller, &callee], &KestraLine::ALL);
    together.iter().flatten().map(ToString::to_string).collect()
}

#[test]
fn inputs_of_calls() {
    let both = "table: a\n  day: 2026-01-01";
    for (inputs, expected) in [
        (both, ""),
        (
            "table: '{{ x }}'\n  day: \"{{ trigger.date }}\"\n  limit: '20'\n  full: TRUE\n  tags: [1, '2', '{{ x }}']",
            "",
        ),
        ("table: 1\n  day: 2026-01-01\n  tags: '[1, 2]'\n  mode: merge", ""),
        ("table: a\n  day: 2026-01-01\n  where.region: eu\n  only: x", ""),
        (
            "day: 2026-01-01",
            "tasks[0].inputs[table]: company.library.load needs the input `table` (STRING) (line 10, column 7)",
        ),
        (
            "table: null\n  day: 2026-01-01",
            "tasks[0].inputs[table]: company.library.load needs the input `table` (STRING) (line 10, column 7)",
        ),
        (
            "tabel: a\n  table: a\n  day: 2026-01-01",
            "tasks[0].inputs[tabel]: company.library.load has no input `tabel`; did you mean `table`? (line 10, column 14)",
        ),
        (
            "table: a\n  day: yesterday",
            "tasks[0].inputs[day]: the input `day` (DATE) of company.library.load does not take this: `yesterday` is not a valid DATE value (line 11, column 12)",
        ),
        (
            "table: a\n  day: 2026-01-01\n  limit: many",
            "tasks[0].inputs[limit]: the input `limit` (INT) of company.library.load does not take this: `many` is not a valid INT value (line 12, column 14)",
        ),
        (
            "table: a\n  day: 2026-01-01\n  limit: [1]",
            "tasks[0].inputs[limit]: the input `limit` (INT) of company.library.load does not take this: `[1]` is not a valid INT value (line 12, column 14)",
        ),
        (
            "table: a\n  day: 2026-01-01\n  full: maybe",
            "tasks[0].inputs[full]: the input `full` (BOOL) of company.library.load does not take this: Kestra takes everything for false that is not `true` (line 12, column 13)",
        ),
        (
            "table: a\n  day: 2026-01-01\n  mode: replace",
            "tasks[0].inputs[mode]: the input `mode` (SELECT) of company.library.load does not take this: it must match the values `[append, merge]` (line 12, column 13)",
        ),
        (
            "table: a\n  day: 2026-01-01\n  tags: [1, b]",
            "tasks[0].inputs[tags]: the input `tags` (ARRAY) of company.library.load does not take this: `b` is not a valid INT value (line 12, column 13)",
        ),
        (
            "table: a\n  day: 2026-01-01\n  where: {region: eu}",
            "tasks[0].inputs[where]: company.library.load has no input `where`; a FORM's inputs have dotted names: where.region (line 12, column 14)",
        ),
    ] {
        let source = caller(&format!("inputs:\n  {inputs}"));
        assert_eq!(said(&source).join("\n"), expected, "{source}");
    }
}

#[test]
fn calls_without_inputs() {
    let needs = |name: &str, kind: &str| {
        format!("tasks[0].inputs: company.library.load needs the input `{name}` ({kind}) (line 5, column 5)")
    };
    assert_eq!(said(&caller("")), [needs("table", "STRING"), needs("day", "DATE")]);
    assert_eq!(said(&caller("inputs: '{{ x }}'")), [""; 0], "nobody knows what is in an expression");
    let defaults = "pluginDefaults:\n  - type: io.kestra.plugin.core.flow.Subflow\n    values: {inputs: {table: a, day: 2026-01-01}}\n";
    assert_eq!(said(&format!("{}x\n{defaults}", caller(""))), [""; 0]);
}

#[test]
fn outputs_of_calls() {
    let unknown = |name: &str, column: usize| {
        format!("tasks[1].message: company.library.load has no output `{name}` (line 14, column {column})")
    };
    for (message, expected) in [
        ("'{{ outputs.call.outputs.rows }}'", vec![]),
        ("'{{ outputs.call.executionId }}'", vec![]),
        ("'{{ outputs.call.outputs.count ?? 0 }}'", vec![]),
        ("'{{ outputs.other.outputs.count }}'", vec![]),
        ("'{{ outputs.call.outputs.count }}'", vec![unknown("count", 39)]),
        ("\"{{ outputs['call'].outputs['count'] }}\"", vec![unknown("count", 42)]),
        ("'{{ outputs.call[taskrun.value].outputs.count }}'", vec![unknown("count", 54)]),
    ] {
        let source = format!("{}{message}\n", caller("inputs:\n  table: a\n  day: 2026-01-01"));
        assert_eq!(said(&source), expected, "{source}");
    }
}

#[test]
fn outputs_of_a_flow_that_is_awaited() {
    let caller = |triggers: &str| {
        format!(
            "
id: parent
namespace: company.team
tasks:
  - id: log
    type: io.kestra.plugin.core.log.Log
    message: '{{{{ trigger.outputs.row }}}}'
triggers:
{triggers}"
        )
    };
    let depends_on = "  - {id: a, type: io.kestra.plugin.core.trigger.Flow, dependsOn: [{namespace: company.library, flowId: load}]}\n";
    let preconditions = "  - {id: a, type: io.kestra.plugin.core.trigger.Flow, preconditions: {flows: [{namespace: company.library, flowId: load}]}}\n";
    for trigger in [depends_on, preconditions] {
        let expected = "tasks[0].message: company.library.load has no output `row`; did you mean `rows`? (line 7, column 34)";
        assert_eq!(said(&caller(trigger)), [expected]);
        let daily = "  - {id: daily, type: io.kestra.plugin.core.trigger.Schedule, cron: 0 0 * * *}\n";
        assert_eq!(said(&caller(&format!("{trigger}{daily}"))), [""; 0]);
    }
}

#[test]
fn which_flows_are_called() {
    let call = |lines: &str| {
        flow(&format!(
            "id: a\nnamespace: n\ntasks:\n  - {{id: c, type: io.kestra.plugin.core.flow.Subflow, {lines}}}"
        ))
    };
    for (lines, expected) in [
        ("namespace: x, flowId: y", Some("x.y")),
        ("namespace: '{{ flow.namespace }}', flowId: y", Some("n.y")),
        ("namespace: '{{ vars.n }}', flowId: y", None),
        ("namespace: x, flowId: '{{ vars.f }}'", None),
        ("namespace: x, flowId: y, revision: 3", Some("x.y")),
        ("namespace: x, flowId: y, revision: '{{ vars.r }}'", None),
    ] {
        let caller = call(lines);
        let calls = calls(&caller);
        assert_eq!(calls.first().map(|call| call.callee.to_string()).as_deref(), expected, "{lines}");
    }
    assert_eq!(calls(&call("namespace: x, flowId: y, revision: 3"))[0].revision, Some(3));
}

#[test]
fn a_call_of_a_revision_has_the_contract_of_that_revision() {
    let source = caller("revision: 3\ninputs: {old: 1}");
    assert_eq!(said(&source), [""; 0]);
    let (caller, older) =
        (flow(&source), flow("id: load\nnamespace: company.library\ninputs: [{id: odl, type: INT}]"));
    let caller = Caller::new(&caller);
    let problems = caller.breaks(&Contract::of(&older), &caller.calls()[0]);
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["subflow-input", "subflow-input"]);
}

/// What is needed for all calls is found once, and no more is told than anybody reads.
#[test]
fn thousands_of_calls_are_checked_soon() {
    let row = |number: usize| {
        format!(
            "  - {{id: call{number}, type: io.kestra.plugin.core.flow.Subflow, namespace: company.library, flowId: load}}\n  \
             - {{id: log{number}, type: io.kestra.plugin.core.log.Log, message: '{{{{ outputs.call{number}.outputs.none }}}}'}}\n"
        )
    };
    let tasks: String = (0..5_000).map(row).collect();
    let found = said(&format!("id: parent\nnamespace: company.team\ntasks:\n{tasks}"));
    assert_eq!(found.len(), 100);
}
