//! How Kestra prints a flow: its own order, its defaults filled in or left out, labels as a list, no nulls.

mod edit;
mod plugin;
mod tasks;

use schema::{KestraLine, yaml::Node};
use serde_json::{Value, json};

pub(super) use edit::without_nulls;
use edit::{Object, change, change_each, ordered, renamed, scalar_text, text, with};
use plugin::{labels, plugin, retry};
pub(super) use tasks::replace_task;
pub(crate) use tasks::{task, tasks};

/// The properties of an input that come first.
const INPUT_ORDER: [&str; 8] =
    ["id", "type", "description", "dependsOn", "required", "defaults", "prefill", "displayName"];

/// What some types of input say about themselves even when the text does not.
const INPUT_DEFAULTS: [(&str, &[(&str, &str)]); 2] = [
    ("SELECT", &[("allowCustomValue", "false"), ("isRadio", "false"), ("autoSelectFirst", "false")]),
    (
        "MULTISELECT",
        &[("itemType", "\"STRING\""), ("allowCustomValue", "false"), ("autoSelectFirst", "false")],
    ),
];

/// Lists of tasks inside a flow.
const TASK_LISTS: [&str; 4] = ["tasks", "errors", "finally", "afterExecution"];

/// The properties of a flow as Kestra prints them, except identity, revision and source.
pub(crate) fn body(root: &Node, line: KestraLine) -> Object {
    let Value::Object(mut flow) = without_nulls(root.to_json()) else {
        return Object::new();
    };
    for known in ["id", "namespace", "revision", "deleted", "updated", "tenantId", "source"] {
        flow.remove(known);
    }
    let disabled = flow.get("disabled").is_some_and(|value| text(value).eq_ignore_ascii_case("true"));
    flow.insert("disabled".into(), disabled.into());
    change(&mut flow, "description", scalar_text);
    change(&mut flow, "labels", labels);
    change_each(&mut flow, "inputs", input);
    change_each(&mut flow, "outputs", |value| {
        ordered(value, &["id", "description", "value", "type", "displayName"])
    });
    for list in TASK_LISTS {
        change_each(&mut flow, list, |value| plugin(value, line));
    }
    change_each(&mut flow, "triggers", |value| plugin(value, line));
    for list in ["pluginDefaults", "taskDefaults"] {
        change_each(&mut flow, list, |value| {
            ordered(with(value, "forced", json!(false)), &["type", "forced", "values"])
        });
    }
    change(&mut flow, "concurrency", |value| {
        ordered(with(value, "behavior", json!("QUEUE")), &["limit", "behavior"])
    });
    change(&mut flow, "retry", retry);
    change_each(&mut flow, "sla", |value| ordered(value, &["id", "type", "behavior"]));
    change_each(&mut flow, "checks", |value| {
        let value = if line == KestraLine::V2_0 { renamed(value, "condition", "when") } else { value };
        let value = with(with(value, "style", json!("INFO")), "behavior", json!("BLOCK_EXECUTION"));
        ordered(value, &["condition", "when", "message", "style", "behavior"])
    });
    flow
}

fn input(value: Value) -> Value {
    let Value::Object(mut object) = with(value, "required", json!(true)) else {
        return Value::Null;
    };
    for known in ["id", "description", "displayName"] {
        change(&mut object, known, scalar_text);
    }
    for known in ["defaults", "prefill"] {
        change(&mut object, known, scalar_text);
    }
    change_each(&mut object, "inputs", input);
    let mut value = Value::Object(object);
    let defaults =
        INPUT_DEFAULTS.iter().find(|(kind, _)| value.get("type").is_some_and(|found| found == kind));
    for (name, default) in defaults.map_or(&[][..], |(_, defaults)| *defaults) {
        value = with(value, name, serde_json::from_str(default).unwrap_or_default());
    }
    ordered(value, &INPUT_ORDER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: Value) {
        let printed = body(&schema::yaml::parse(source).unwrap(), KestraLine::V1_3);
        let mut expected = expected;
        expected.as_object_mut().unwrap().entry("disabled").or_insert(json!(false));
        // Compared as text, because the order of keys is part of the answer.
        let sorted = |value: &Value| ordered(value.clone(), &["disabled"]).to_string();
        assert_eq!(sorted(&printed.into()), sorted(&expected), "{source}");
    }

    #[test]
    fn labels_become_a_list_of_texts() {
        let list = json!([{"key": "a", "value": "1"}, {"key": "b", "value": "true"}]);
        check("labels: {a: 1, b: yes}", json!({"labels": list}));
        check("labels: [{key: a, value: 1}, {key: b, value: on}]", json!({"labels": list}));
    }

    #[test]
    fn tasks_leave_out_defaults_and_print_expressions_as_text() {
        check(
            "tasks: [{message: m, level: INFO, type: io.kestra.plugin.core.log.Log, disabled: false, id: 1}]",
            json!({"tasks": [{"id": "1", "type": "io.kestra.plugin.core.log.Log", "message": "m"}]}),
        );
        check(
            "tasks: [{id: p, type: io.kestra.plugin.core.flow.Parallel, concurrent: 2, tasks: [{id: l, \
            type: io.kestra.core.tasks.log.Log, level: INFO}]}]",
            json!({"tasks": [{
                "id": "p", "type": "io.kestra.plugin.core.flow.Parallel", "concurrent": "2",
                "tasks": [{"id": "l", "type": "io.kestra.core.tasks.log.Log"}],
            }]}),
        );
        check(
            "tasks: [{id: p, type: io.kestra.plugin.core.flow.Pause, onResume: [{type: STRING, id: why}]}]",
            json!({"tasks": [{
                "id": "p", "type": "io.kestra.plugin.core.flow.Pause",
                "onResume": [{"id": "why", "type": "STRING", "required": true}],
            }]}),
        );
        check(
            "tasks: [{id: x, type: com.acme.T, level: INFO, n: 2, none: ~, list: [1, ~]}]",
            json!({"tasks": [{"id": "x", "type": "com.acme.T", "level": "INFO", "n": 2, "list": [1, null]}]}),
        );
    }

    #[test]
    fn a_retry_is_completed() {
        check(
            "retry: {interval: PT1S, type: constant, maxAttempts: 3}",
            json!({"retry": {
                "maxAttempts": 3, "warningOnRetry": false, "behavior": "RETRY_FAILED_TASK", "type": "constant",
                "interval": "PT1S", "maxAttempt": 3,
            }}),
        );
    }

    #[test]
    fn inputs_say_whether_they_are_required() {
        check(
            "inputs: [{type: FLOAT, defaults: 1.5, id: f}, {id: m, type: MULTISELECT, values: [a]}]",
            json!({"inputs": [
                {"id": "f", "type": "FLOAT", "required": true, "defaults": "1.5"},
                {"id": "m", "type": "MULTISELECT", "required": true, "values": ["a"], "itemType": "STRING",
                    "allowCustomValue": false, "autoSelectFirst": false},
            ]}),
        );
    }

    #[test]
    fn a_nested_task_is_found() {
        let source =
            "tasks: [{id: s, type: a.B, cases: {x: [{id: deep, type: a.C}]}}]\nerrors: [{id: e, type: a.D}]";
        let printed = body(&schema::yaml::parse(source).unwrap(), KestraLine::V1_3);
        assert_eq!(task(&printed, "deep").unwrap()["type"], "a.C");
        assert_eq!(task(&printed, "e").unwrap()["type"], "a.D");
        assert_eq!(task(&printed, "x"), None);
    }
}
