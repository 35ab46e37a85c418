//! What each rule finds and what people read about it.

use super::*;

/// What people read: the part of a flow, what is wrong, the cure, the place. Marks: `!` refused, `~` warned.
/// Made-up plugins are left out.
fn messages(line: KestraLine, source: &str) -> String {
    let flow = Flow::parse(source).unwrap_or_else(|problems| panic!("{problems}: {source}"));
    check(&flow, line)
        .iter()
        .filter(|problem| problem.code != "unknown-type")
        .map(|problem| {
            let mark = if problem.severity == Severity::Error { '!' } else { '~' };
            format!("{mark} {} {problem}\n", problem.code)
        })
        .collect()
}

/// The codes of what is found, made-up plugins aside.
fn codes(line: KestraLine, source: &str) -> Vec<&'static str> {
    let flow = Flow::parse(source).unwrap_or_else(|problems| panic!("{problems}: {source}"));
    let codes = check(&flow, line).into_iter().map(|problem| problem.code);
    codes.filter(|code| *code != "unknown-type").collect()
}

/// Each row is the top of a flow that has one good task.
#[test]
fn rules_find_what_breaks_them() {
    for (line, top, expected) in [
        (V1_3, "", vec![]),
        (V2_0, "", vec![]),
        (V1_3, "revision: 0\n", vec!["revision"]),
        (V1_3, "revision: x\n", vec!["revision"]),
        (V1_3, "revision: 3\n", vec![]),
        (V1_3, "Labels: {}\n", vec!["properties"]),
        (V1_3, "draft: true\n", vec!["properties"]),
        (V2_0, "draft: true\nquotas: []\nworkerSelector: {}\n", vec![]),
        (V2_0, "pluginDefaults: []\ntaskDefaults: []\nworkerGroup: {}\n", vec!["properties"; 3]),
        (V1_3, "listeners: []\n", vec!["deprecated"]),
        (V1_3, "variables:\n", vec!["value"]),
        (V1_3, "variables: ~\nlabels: ~\ninputs: ~\n", vec![]),
        (V1_3, "labels:\n", vec!["value"]),
        (V1_3, "inputs: {a: 1}\n", vec!["value"]),
        (V1_3, "disabled: yes\n", vec![]),
        (V1_3, "disabled: 'yes'\n", vec!["value"]),
        (V1_3, "description: [a]\n", vec!["value"]),
        (V1_3, "labels: {a: [1]}\n", vec!["labels"]),
        (V1_3, "labels: [{key: a, value: 1}]\n", vec![]),
        (V1_3, "labels: [{key: A, value: ''}]\n", vec!["labels", "labels"]),
        (V1_3, "labels: {system.a: b, system.readOnly: true}\n", vec!["system-label"]),
        (V1_3, "labels: {é: a}\n", vec![]),
        (V1_3, "triggers: [{id: t, type: x.Y}, {id: t, type: x.Y}]\n", vec!["duplicate-trigger"]),
        (
            V1_3,
            "triggers: [{id: t.u, type: x.Y}, {id: v}, {type: x.Y}]\n",
            vec!["trigger-id", "trigger-type", "trigger-id"],
        ),
        (V1_3, "triggers: [x]\n", vec!["trigger-type"]),
        (V1_3, "inputs: [{id: a, type: STRING}, {id: a, type: INT}]\n", vec!["duplicate-input"]),
        (V1_3, "inputs: [{id: a b, type: STRING}, {id: c}]\n", vec!["input-id", "input-type"]),
        (V1_3, "inputs: [{name: a, type: STRING}]\n", vec!["deprecated-property"]),
        (V1_3, "inputs: [{id: a, type: string}]\n", vec!["input-type"]),
        (
            V1_3,
            "inputs: [{id: a, type: BOOLEAN}, {id: b, type: ENUM, values: []}]\n",
            vec!["input-type", "input-type"],
        ),
        (V2_0, "inputs: [{id: a, type: BOOLEAN}]\n", vec!["input-type"]),
        (V1_3, "inputs: [{id: a, type: ION}]\n", vec!["input-type"]),
        (V2_0, "inputs: [{id: a, type: ION}]\n", vec![]),
        (V1_3, "inputs: [{id: a, type: INT, defaults: 1, required: false}]\n", vec!["input-default"]),
        (V1_3, "inputs: [{id: a, type: INT, defaults: 1, prefill: 2}]\n", vec!["input-default"]),
        (V1_3, "inputs: [{id: a, type: INT, defaults: ~, required: false, prefill: 2}]\n", vec![]),
        (V1_3, "inputs: [{id: a, type: ARRAY}]\n", vec!["input-item-type"]),
        (V1_3, "inputs: [{id: a, type: ARRAY, itemType: SECRET}]\n", vec!["input-item-type"]),
        (V1_3, "inputs: [{id: a, type: MULTISELECT}]\n", vec![]),
        (V1_3, "inputs: [{id: a, type: FORM}]\n", vec!["form"]),
        (V1_3, "inputs: [{id: a, type: FORM, inputs: [{id: b, type: FORM, inputs: []}]}]\n", vec!["form"]),
        (V1_3, "inputs: [{id: a, type: FORM, prefill: 1, inputs: []}]\n", vec!["form"]),
        (
            V1_3,
            "inputs: [{id: a, type: FORM, inputs: [{id: b, type: INT}, {id: b, type: INT}]}]\n",
            vec!["duplicate-input"],
        ),
        (V1_3, "inputs: [{id: a, type: INT, dependsOn: {inputs: [b]}}]\n", vec!["input-dependency"]),
        (
            V1_3,
            "inputs: [{id: a, type: INT, dependsOn: {inputs: [b]}}, {id: b, type: INT, dependsOn: {inputs: [a]}}]\n",
            vec!["input-dependency"; 2],
        ),
        (
            V1_3,
            "inputs: [{id: f, type: FORM, inputs: [{id: x, type: INT}]}, {id: a, type: INT, dependsOn: {inputs: [f.x]}}]\n",
            vec![],
        ),
        (V1_3, "outputs: [{id: a, type: STRING, value: x}]\n", vec![]),
        (
            V1_3,
            "outputs: [{id: a}, {id: b, type: NOPE, value: x}, {id: b, type: INT, value: 1}]\n",
            vec!["outputs", "outputs", "outputs", "duplicate-output"],
        ),
        (V1_3, "retry: {type: constant, interval: PT1S, maxAttempts: 3}\n", vec![]),
        (V1_3, "retry: {type: constant}\n", vec!["retry"]),
        (V1_3, "retry: {type: often}\n", vec!["retry"]),
        (V1_3, "retry: {type: constant, interval: PT1M, maxDuration: PT60S}\n", vec!["retry"]),
        (V1_3, "retry: {type: constant, interval: soon, maxAttempts: 0}\n", vec!["retry", "retry"]),
        (V1_3, "retry: {type: constant, interval: 30}\n", vec![]),
        (V1_3, "retry: {type: exponential, interval: PT10S, maxInterval: PT10S}\n", vec!["retry"]),
        (
            V1_3,
            "retry: {type: random, minInterval: PT1S, maxInterval: PT2S, behavior: SOMETIMES}\n",
            vec!["retry"],
        ),
        (V1_3, "concurrency: {limit: 2, behavior: CANCEL}\n", vec![]),
        (V1_3, "concurrency: {limit: 0}\n", vec!["concurrency"]),
        (V1_3, "concurrency: {behavior: STOP}\n", vec!["concurrency", "concurrency"]),
        (V1_3, "sla: [{id: a, type: MAX_DURATION, duration: PT1S, behavior: FAIL}]\n", vec![]),
        (V1_3, "sla: [{id: a, type: MAX_DURATION}]\n", vec!["sla", "sla"]),
        (V1_3, "sla: [{id: a, type: x}]\n", vec!["sla"]),
        (V1_3, "checks: [{condition: '{{ true }}', message: ''}]\n", vec!["checks"]),
        (V1_3, "checks: [{condition: '{{ true }}', message: nope}]\n", vec![]),
        (V1_3, "checks: [{when: '{{ true }}', message: nope}]\n", vec!["checks", "unknown-property"]),
        (V2_0, "checks: [{when: '{{ true }}', message: nope, style: WARNING}]\n", vec![]),
        (V2_0, "checks: [{condition: '{{ true }}', style: LOUD}]\n", vec!["checks", "checks"]),
        (
            V1_3,
            "pluginDefaults: [{type: x.Y, values: {a: 1}}, {values: {}}, {type: x}]\n",
            vec!["plugin-defaults", "plugin-defaults"],
        ),
    ] {
        assert_eq!(codes(line, &with_task(top)), expected, "{line}: {top}");
    }
}

#[test]
fn schedules_have_a_cron_and_a_timezone() {
    let schedule = |properties: &str| {
        with_task(&format!(
            "triggers:\n  - {{id: s, type: io.kestra.plugin.core.trigger.Schedule, {properties}}}\n"
        ))
    };
    for (properties, expected) in [
        ("cron: '0 9 * * 1-5', timezone: Europe/Berlin", None),
        ("cron: '@daily', timezone: '+02:00'", None),
        ("cron: '*/5 * * * * *', withSeconds: true", None),
        (
            "cron: '{{ vars.cron }}'",
            Some(
                "triggers[0]: `{{ vars.cron }}` is no cron expression: it has 3 fields and needs 5: minute, hour, day of month, month, day of week (line 4, column 65)",
            ),
        ),
        (
            "cron: '61 * * * *'",
            Some(
                "triggers[0]: `61 * * * *` is no cron expression: 61 is no minute, which is 0 to 59 (line 4, column 65)",
            ),
        ),
        (
            "cron: '@daily', timezone: europe/berlin",
            Some(
                "triggers[0].timezone: `europe/berlin` is no timezone; did you mean `Europe/Berlin`? (line 4, column 85)",
            ),
        ),
        (
            "cron: '@daily', timezone: Mars",
            Some(
                "triggers[0].timezone: `Mars` is no timezone; write a region such as Europe/Berlin, or an offset such as +02:00 (line 4, column 85)",
            ),
        ),
    ] {
        let flow = Flow::parse(&schedule(properties)).expect("this is a flow");
        let errors = check(&flow, V2_0).into_iter().filter(|problem| problem.severity == Severity::Error);
        let errors: Vec<String> = errors.map(|problem| problem.to_string()).collect();
        assert_eq!(errors, expected.into_iter().collect::<Vec<_>>(), "{properties}");
    }
    let answer = answer(V1_3, &schedule("cron: '61 * * * *'")).expect("Kestra refuses it");
    let words = "triggers[0]: invalid cron expression '61 * * * *': Failed to parse cron expression. Value 61 not in range [0, 59]\n";
    assert_eq!(answer.message, words);
}

#[test]
fn tasks_are_found_wherever_they_are() {
    let flow = Flow::parse(
        "tasks:
  - {id: a, type: io.kestra.plugin.core.flow.Parallel, tasks: [{id: b, type: x}], errors: [{id: c, type: x}]}
  - {id: d, type: io.kestra.plugin.core.flow.If, then: [{id: e, type: x}], else: [{id: f, type: x}]}
  - {id: g, type: io.kestra.plugin.core.flow.Switch, cases: {k: [{id: h, type: x}]}, defaults: [{id: i, type: x}]}
  - {id: j, type: io.kestra.plugin.core.flow.Dag, tasks: [{task: {id: k, type: x}}, {task: {id: l, type: x}, dependsOn: [k]}]}
  - {id: m, type: io.kestra.plugin.core.flow.Pause, onPause: {id: n, type: x}}
  - {id: o, type: com.example.Cluster, tasks: [{id: not-kestra}]}
errors: [{id: p, type: x}]
finally: [{id: q, type: x}]
afterExecution: [{id: r, type: x}]
",
    )
    .expect("this is a flow");
    let found: Vec<String> = flow
        .tasks()
        .iter()
        .map(|task| format!("{}={}", task.path, task.text("id").expect("every task has an id")))
        .collect();
    insta::assert_snapshot!(found.join("\n"), @r#"
    tasks[0]=a
    tasks[0].tasks[0]=b
    tasks[0].errors[0]=c
    tasks[1]=d
    tasks[1].then[0]=e
    tasks[1].else[0]=f
    tasks[2]=g
    tasks[2].defaults[0]=i
    tasks[2].cases[k][0]=h
    tasks[3]=j
    tasks[3].tasks[0].task=k
    tasks[3].tasks[1].task=l
    tasks[4]=m
    tasks[4].onPause=n
    tasks[5]=o
    errors[0]=p
    finally[0]=q
    afterExecution[0]=r
    "#);
}

#[test]
fn rules_of_tasks() {
    let flow = "id: w
namespace: t.a
inputs: [{id: a-b, type: STRING}]
tasks:
  - id: a b
    type: io.kestra.plugin.core.log.Log
    message: '{{ inputs.a-b }}'
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: t.a
    flowId: w
    timeout: soon
  - id: choose
    type: io.kestra.plugin.core.flow.Switch
    value: '{{ x }}'
    cases: {}
  - id: x-y
    type: com.example.Work
    timeout: '{{ vars.timeout }}'
  - id: all
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
      - id: call
        type: com.example.Work
        query: '{{ outputs.x-y.value }}'
      - message: hi
      - text
errors: []
finally:
  - id: call
    type: com.example.Work
";
    insta::assert_snapshot!(messages(V1_3, flow), @r#"
    ! dash-reference tasks[0]: write `inputs['a-b']` instead of `inputs.a-b`: Pebble reads the dash as a minus (line 5, column 5)
    ! task-id tasks[0].id: must match "^[a-zA-Z0-9][a-zA-Z0-9_-]*" (got `a b`) (line 5, column 9)
    ! recursive-call tasks[1].flowId: a flow may not call itself (line 11, column 13)
    ~ timeout tasks[1].timeout: `soon` is no duration; write days, hours, minutes and seconds such as P1DT12H, PT90M or PT1.5S (line 12, column 14)
    ! switch tasks[2]: a Switch needs tasks in `cases` or `defaults` (line 13, column 5)
    ~ unknown-variable tasks[3].timeout: this flow has no variable `timeout` (line 19, column 23)
    ! dash-reference tasks[4]: write `outputs['x-y']` instead of `outputs.x-y`: Pebble reads the dash as a minus (line 20, column 5)
    ~ dash-reference tasks[4].tasks[0]: write `outputs['x-y']` instead of `outputs.x-y`: Pebble reads the dash as a minus (line 23, column 9)
    ! duplicate-task tasks[4].tasks[0].id: `call` is already used at line 8, column 9; ids are unique (line 23, column 13)
    ! task-id tasks[4].tasks[1].id: is required (line 26, column 9)
    ! task-type tasks[4].tasks[1].type: is required; name the plugin, such as `io.kestra.plugin.core.log.Log` (line 26, column 9)
    ! task-type tasks[4].tasks[2]: must be a map with `id` and `type` (line 27, column 9)
    ! duplicate-task finally[0].id: `call` is already used at line 8, column 9; ids are unique (line 30, column 9)
    "#);
}

#[test]
fn messages_for_people() {
    let flow = "id: search
namespace: T.A
labels: {Abc: '', system.x: 1}
Inputs: []
listeners: []
disabled: perhaps
variables:
inputs:
  - {id: n, type: NUMBER}
  - {id: o, type: BOOLEAN, defaults: true, required: false}
retry: {type: constant, interval: 1h, maxAttempts: 0}
concurrency: {limit: many}
tasks: []
";
    insta::assert_snapshot!(messages(V1_3, flow), @r#"
    ! reserved-id id: `search` is reserved by Kestra 1.3; choose another id (line 1, column 5)
    ! namespace namespace: must match "^[a-z0-9][a-z0-9._-]*" (got `T.A`) (line 2, column 12)
    ! labels labels[0].key: `Abc` must begin with a lowercase letter and hold only letters, digits, `.`, `_` and `-` (line 3, column 10)
    ! labels labels[0].value: a label needs a value (line 3, column 15)
    ! system-label labels[1].key: `system.x` is Kestra's own; use a key without `system.` (line 3, column 19)
    ! properties Inputs: unknown property; did you mean `inputs`? (line 4, column 1)
    ~ deprecated listeners: `listeners` is deprecated; use `afterExecution`, or a flow with a Flow trigger (line 5, column 1)
    ! value disabled: `disabled` must be `true` or `false` (line 6, column 11)
    ! value variables: `variables` must be a map; fill it in or remove the line (line 7, column 11)
    ! input-type inputs[0].type: `NUMBER` is no input type; use one of STRING, ENUM, SELECT, INT, FLOAT, BOOLEAN, BOOL, DATETIME, DATE, TIME, DURATION, FILE, JSON, URI, SECRET, ARRAY, MULTISELECT, YAML, EMAIL, FORM (line 9, column 19)
    ~ input-type inputs[1].type: `BOOLEAN` is deprecated; use BOOL (line 10, column 19)
    ! input-default inputs[1]: remove `defaults` or `required: false`: a default is always applied (line 10, column 38)
    ! retry retry.interval: `1h` is no duration; write days, hours, minutes and seconds such as P1DT12H, PT90M or PT1.5S (line 11, column 35)
    ! retry retry.maxAttempts: must be greater than or equal to 1 (got 0) (line 11, column 52)
    ! concurrency concurrency.limit: `many` is no whole number (line 12, column 22)
    ! tasks tasks: a flow needs at least one task (line 13, column 8)
    "#);
    insta::assert_snapshot!(messages(V2_0, flow), @r#"
    ! namespace namespace: must match "^[a-z0-9][a-z0-9._-]*" (got `T.A`) (line 2, column 12)
    ! labels labels[0].key: `Abc` must begin with a lowercase letter and hold only letters, digits, `.`, `_` and `-` (line 3, column 10)
    ! labels labels[0].value: a label needs a value (line 3, column 15)
    ! system-label labels[1].key: `system.x` is Kestra's own; use a key without `system.` (line 3, column 19)
    ! properties Inputs: unknown property; did you mean `inputs`? (line 4, column 1)
    ! properties listeners: Kestra 2.0 has no `listeners` any more; use `afterExecution`, or a flow with a Flow trigger (line 5, column 1)
    ! value disabled: `disabled` must be `true` or `false` (line 6, column 11)
    ! value variables: `variables` must be a map; fill it in or remove the line (line 7, column 11)
    ! input-type inputs[0].type: `NUMBER` is no input type; use one of STRING, SELECT, INT, FLOAT, BOOL, DATETIME, DATE, TIME, DURATION, FILE, JSON, ION, URI, SECRET, ARRAY, MULTISELECT, YAML, EMAIL, FORM, REUSABLE_INPUTS (line 9, column 19)
    ! input-type inputs[1].type: Kestra 2.0 has no input type `BOOLEAN` any more; use BOOL (line 10, column 19)
    ! input-default inputs[1]: remove `defaults` or `required: false`: a default is always applied (line 10, column 38)
    ! retry retry.interval: `1h` is no duration; write days, hours, minutes and seconds such as P1DT12H, PT90M or PT1.5S (line 11, column 35)
    ! retry retry.maxAttempts: must be greater than or equal to 1 (got 0) (line 11, column 52)
    ! concurrency concurrency.limit: `many` is no whole number (line 12, column 22)
    ! tasks tasks: a flow needs at least one task (line 13, column 8)
    "#);
}

#[test]
fn dag_tasks_depend_on_each_other_without_circles() {
    for (dependencies, expected) in [
        ([&["b"][..], &[]], None),
        ([&["b"], &["c"]], Some("Not existing task id in dependency: c")),
        ([&["b"], &["a"]], Some("Cyclic dependency detected: a, b")),
        ([&["a"], &[]], Some("Cyclic dependency detected: a")),
    ] {
        let item = |id: &str, names: &[&str]| {
            format!("{{task: {{id: {id}, type: x.Y}}, dependsOn: [{}]}}", names.join(", "))
        };
        let source = format!(
            "id: w\nnamespace: t.a\ntasks: [{{id: d, type: io.kestra.plugin.core.flow.Dag, tasks: [{}, {}]}}]",
            item("a", dependencies[0]),
            item("b", dependencies[1])
        );
        let answer = answer(V1_3, &source);
        assert_eq!(
            answer.map(|answer| answer.violations[0].message.clone()).as_deref(),
            expected,
            "{source}"
        );
    }
}

#[test]
fn duplicates_are_named_in_the_order_of_their_first_occurrence() {
    let tasks = ["a", "b", "c", "b", "a", "a"].map(|id| format!("{{id: {id}, type: x.Y}}")).join(", ");
    let source = format!("id: w\nnamespace: t.a\ntasks: [{tasks}]");
    let words = answer(V1_3, &source).map(|answer| answer.message);
    assert_eq!(words.as_deref(), Some(": Invalid Flow: Duplicate task id with name [a, b]\n"));
    assert_eq!(codes(V1_3, &source), ["duplicate-task"; 3]);
}
