//! What the rules of expressions find, and real flows in which they find nothing.

use super::*;

/// The rules of expressions.
const CODES: [&str; 9] = [
    "expression",
    "unknown-function",
    "unknown-filter",
    "unknown-test",
    "argument",
    "unknown-input",
    "unknown-variable",
    "unknown-output",
    "context",
];

/// The problems of expressions, with the part of the source each is about.
fn found(line: KestraLine, source: &str) -> Vec<String> {
    let flow = Flow::parse(source).unwrap_or_else(|problems| panic!("{problems}: {source}"));
    let mut problems = check(&flow, line);
    problems.retain(|problem| CODES.contains(&problem.code));
    assert!(problems.iter().all(|problem| problem.severity == Severity::Warning), "{problems:?}");
    let shown = |problem: &Problem| {
        format!("{}: {} <{}>", problem.code, problem.message, &source[problem.span.range()])
    };
    problems.iter().map(shown).collect()
}

/// An expression in a task of a flow with inputs, variables and other tasks, and what is found in it.
const NAMES: &[(KestraLine, &str, Option<&str>)] = &[
    (V1_3, "{{ inputs.day }} {{ inputs['day'] }} {{ inputs.where.city }} {{ inputs.where }}", None),
    (V1_3, "{{ inputs.json.any.thing }} {{ inputs[vars.a] }} {{ inputs }}", None),
    (
        V1_3,
        "{{ inputs.jsn }}",
        Some("unknown-input: this flow has no input `jsn`; did you mean `json`? <jsn>"),
    ),
    (
        V1_3,
        "{{ inputs.where.town }}",
        Some("unknown-input: this flow has no input `where.town` <inputs.where.town>"),
    ),
    (V1_3, "{{ inputs['x y'] }}", Some("unknown-input: this flow has no input `x y` <'x y'>")),
    (V1_3, "{{ inputs.none ?? 1 }} {{ inputs.nil | default(1) }}", None),
    (V1_3, "{{ inputs.none is defined ? inputs.none : 1 }}", None),
    (V1_3, "{{ vars.a }} {{ vars.a.b }} {{ render(vars.a) }}", None),
    (V1_3, "{{ vars.b }}", Some("unknown-variable: this flow has no variable `b` <b>")),
    (V1_3, "{{ labels.any }} {{ envs.x }} {{ globals.y }} {{ namespace.z }} {{ kestra.url }}", None),
    (V1_3, "{{ execution.startDate }} {{ flow.namespace }} {{ task.id }} {{ taskrun.attemptsCount }}", None),
    (
        V1_3,
        "{{ flow.name }}",
        Some("context: `flow` has no `name`; it has id, namespace, revision, tenantId <flow.name>"),
    ),
    (V1_3, "{{ task.idd }}", Some("context: `task` has no `idd`; it has id, type <task.idd>")),
    (
        V1_3,
        "{{ input.day }}",
        Some("context: there is no variable `input`; did you mean `inputs`? <input.day>"),
    ),
    (V1_3, "{% for input in inputs.json %}{{ input.x }}{% endfor %}", None),
    (V1_3, "{{ trigger.date ?? now() }} {{ trigger.executionId }}", None),
    (
        V1_3,
        "{{ trigger.date }}",
        Some(
            "context: this flow has no trigger, so `trigger` is empty; write `trigger.… ?? …` <trigger.date>",
        ),
    ),
    (V1_3, "{{ inputs.day | upper | jq('.a') | first }}", None),
    (
        V1_3,
        "{{ inputs.day | uper }}",
        Some("unknown-filter: Kestra 1.3 has no filter `uper`; did you mean `upper`? <uper>"),
    ),
    (
        V1_3,
        "{{ inputs.day | regexMatch('a') }}",
        Some("unknown-filter: Kestra 1.3 has no filter `regexMatch` <regexMatch>"),
    ),
    (V2_0, "{{ inputs.day | regexMatch('a') }}", None),
    (V1_3, "{{ inputs.json | json }} {{ json(inputs.day) }}", None),
    (
        V2_0,
        "{{ json(inputs.day) }}",
        Some("unknown-function: Kestra 2.0 has no function `json`; use fromJson(…) or | toJson <json>"),
    ),
    (
        V1_3,
        "{{ fromJSON(inputs.day) }}",
        Some("unknown-function: Kestra 1.3 has no function `fromJSON`; did you mean `fromJson`? <fromJSON>"),
    ),
    (V1_3, "{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{{ twice('a') }}", None),
    (V1_3, "{{ inputs.day is json and inputs.json is not empty }}", None),
    (V1_3, "{{ inputs.day is blank }}", Some("unknown-test: Kestra 1.3 has no test `blank` <blank>")),
    (V1_3, "{{ now(format='yyyy', timeZone='UTC') }} {{ max(1, 2, 3) }} {{ uuid() }}", None),
    (
        V1_3,
        "{{ now(zone='UTC') }}",
        Some(
            "argument: `now` has no argument `zone`; it takes format, timeZone, existingFormat, locale <zone>",
        ),
    ),
    (V1_3, "{{ 'a,b' | split(',', 2, 3) }}", Some("argument: `split` takes at most delimiter, limit <3>")),
    (V1_3, "{{ read('x', version=1) }}", None),
    (
        V2_0,
        "{{ read('x', version=1) }}",
        Some("argument: `read` has no argument `version`; it takes path, namespace, revision <version>"),
    ),
    (V1_3, "{{ inputs.day", Some("expression: `{{` is never closed by `}}` <{{>")),
    (
        V1_3,
        "{{ taskrun.value }}",
        Some("context: `taskrun.value` exists only inside a loop or a Switch <taskrun.value>"),
    ),
    (V1_3, "{{ item.value }}", None),
    (V2_0, "{{ item.value }}", Some("context: `item` exists only inside a Loop <item.value>")),
    (V1_3, "{{ outputs.before.x }} {{ outputs['be-fore'].x }} {{ outputs[inputs.day] }}", None),
    (
        V1_3,
        "{{ outputs.befor.x }}",
        Some("unknown-output: there is no task `befor`; did you mean `before`? <befor>"),
    ),
    (V1_3, "{{ outputs.after.x }}", Some("unknown-output: the task `after` runs after this one <after>")),
    (V1_3, "{{ outputs.after.x ?? 1 }}", None),
    (
        V1_3,
        "{{ outputs.self.x }}",
        Some("unknown-output: the task `self` has no outputs before it has run <self>"),
    ),
    (V1_3, "{{ outputs.failed.x }}", Some("unknown-output: the task `failed` runs after this one <failed>")),
];

#[test]
fn names_are_those_of_the_flow_and_of_kestra() {
    for (line, expression, expected) in NAMES {
        let source = format!(
            "id: w
namespace: t.a
inputs:
  - {{id: day, type: DATE}}
  - {{id: json, type: JSON}}
  - {{id: where, type: FORM, inputs: [{{id: city, type: STRING}}]}}
variables: {{a: 1}}
tasks:
  - {{id: before, type: x.Y}}
  - {{id: be-fore, type: x.Y}}
  - {{id: self, type: x.Y, text: \"{expression}\"}}
  - {{id: after, type: x.Y}}
errors:
  - {{id: failed, type: x.Y}}
"
        );
        let expected: Vec<&str> = expected.iter().copied().collect();
        assert_eq!(found(*line, &source), expected, "{line}: {expression}");
    }
}

/// Tasks in every arrangement, each with outputs it can and cannot have.
const NESTED: &str = "id: w
namespace: t.a
tasks:
  - id: first
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
      - {id: one, type: x.Y, text: '{{ outputs.two.x }}'}
      - {id: two, type: x.Y, text: '{{ outputs.one.x }}'}
  - id: choice
    type: io.kestra.plugin.core.flow.If
    condition: '{{ outputs.one.x == outputs.two.x }}'
    then:
      - {id: yes-1, type: x.Y, text: \"{{ outputs['yes-2'].x }}\"}
      - {id: yes-2, type: x.Y, text: \"{{ outputs['yes-1'].x ~ outputs.nay.x }}\"}
    else:
      - {id: nay, type: x.Y, text: \"{{ outputs.one.x ~ outputs['yes-1'].x }}\"}
  - id: cases
    type: io.kestra.plugin.core.flow.Switch
    value: '{{ outputs.one.x }}'
    cases:
      A: [{id: a, type: x.Y, text: '{{ taskrun.value ~ outputs.b.x }}'}]
      B: [{id: b, type: x.Y, text: '{{ outputs.c.x ~ outputs.cases.value }}'}]
    defaults: [{id: c, type: x.Y}]
  - id: graph
    type: io.kestra.plugin.core.flow.Dag
    tasks:
      - {task: {id: d1, type: x.Y, text: '{{ outputs.d3.x ~ outputs.d2.x }}'}}
      - {task: {id: d2, type: x.Y, text: '{{ outputs.d1.x ~ outputs.d3.x }}'}, dependsOn: [d1]}
      - {task: {id: d3, type: x.Y, text: '{{ outputs.d1.x ~ outputs.d2.x }}'}, dependsOn: [d2]}
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: '{{ outputs.one.x }}'
    tasks:
      - {id: l1, type: x.Y, text: '{{ outputs.l2[taskrun.value].x ~ outputs.last.x }}'}
      - {id: l2, type: x.Y, text: '{{ outputs.l1[taskrun.value].x }}'}
  - id: until
    type: io.kestra.plugin.core.flow.LoopUntil
    condition: '{{ outputs.poll.code == 200 and outputs.until.iterationCount < 3 }}'
    tasks: [{id: poll, type: x.Y, text: '{{ outputs.poll.code ?? 0 }}'}]
  - {id: last, type: x.Y, text: '{{ outputs.cases.value ~ outputs.c.x ~ outputs.l1 }}'}
errors:
  - {id: e1, type: x.Y, text: '{{ outputs.last.x ~ outputs.e2.x }}'}
  - {id: e2, type: x.Y, text: '{{ outputs.e1.x }}'}
finally:
  - {id: f1, type: x.Y, text: '{{ outputs.e1.x ~ outputs.one.x }}'}
outputs:
  - {id: o, type: STRING, value: '{{ outputs.f1.x }}'}
";

#[test]
fn outputs_come_from_tasks_that_can_have_run() {
    insta::assert_snapshot!(found(V1_3, NESTED).join("\n"), @r#"
    unknown-output: the task `yes-2` runs after this one <'yes-2'>
    unknown-output: the task `nay` is in another branch, of which only one runs <nay>
    unknown-output: the task `yes-1` is in another branch, of which only one runs <'yes-1'>
    unknown-output: the task `b` is in another branch, of which only one runs <b>
    unknown-output: the task `c` is in another branch, of which only one runs <c>
    unknown-output: the task `d3` runs after this one <d3>
    unknown-output: the task `d2` runs after this one <d2>
    unknown-output: the task `d3` runs after this one <d3>
    unknown-output: the task `last` runs after this one <last>
    unknown-output: the task `e2` runs after this one <e2>
    "#);
}

#[test]
fn a_for_each_item_and_set_variables_add_names() {
    let source = "id: w
namespace: t.a
tasks:
  - {id: set, type: io.kestra.plugin.core.execution.SetVariables, variables: {v: 1}}
  - {id: each, type: io.kestra.plugin.core.flow.ForEachItem, items: '{{ vars.v }}', inputs: {i: '{{ taskrun.items }}'}}
  - {id: log, type: x.Y, text: '{{ outputs.each_merge.subflowOutputs }}'}
";
    assert_eq!(found(V1_3, source), [""; 0]);
}

/// The flows of this repository, and flows as Kestra's guides write them.
#[test]
fn real_flows_have_no_problem_with_expressions() {
    for source in [
        include_str!("../../../../subflows/slack-notify.yaml"),
        include_str!("../../../../subflows/postgres-query.yaml"),
        include_str!("../../../../examples/quickstart/flows/daily-orders.yaml"),
        include_str!("../../../../examples/getting-started/flows/product-ratings.yaml"),
    ] {
        for line in KestraLine::ALL {
            assert_eq!(found(line, source), [""; 0], "{line}: {source}");
        }
    }
    for source in include_str!("guides.yaml").split("\n---\n") {
        assert_eq!(found(V1_3, source), [""; 0], "{source}");
    }
}
