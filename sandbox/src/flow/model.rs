//! How Kestra prints a flow: its own order, its defaults filled in or left out, labels as a list, no nulls.

use schema::yaml::Node;
use serde_json::{Map, Value, json};

use super::core_types::{self, CoreType};

type Object = Map<String, Value>;

/// The properties of a task or trigger that come first, in Kestra's order; the others follow as written.
const PLUGIN_ORDER: [&str; 16] = [
    "id",
    "type",
    "version",
    "description",
    "retry",
    "timeout",
    "conditions",
    "disabled",
    "workerGroup",
    "logLevel",
    "labels",
    "stopAfter",
    "allowFailure",
    "logToFile",
    "runIf",
    "allowWarning",
];

/// What every task and trigger leaves out.
const PLUGIN_DEFAULTS: [(&str, &str); 6] = [
    ("disabled", "false"),
    ("allowFailure", "false"),
    ("logToFile", "false"),
    ("runIf", "true"),
    ("allowWarning", "false"),
    ("failOnTriggerError", "false"),
];

/// The properties of an input that come first.
const INPUT_ORDER: [&str; 8] = [
    "id",
    "type",
    "description",
    "dependsOn",
    "required",
    "defaults",
    "prefill",
    "displayName",
];

/// What some types of input say about themselves even when the text does not.
const INPUT_DEFAULTS: [(&str, &[(&str, &str)]); 2] = [
    (
        "SELECT",
        &[
            ("allowCustomValue", "false"),
            ("isRadio", "false"),
            ("autoSelectFirst", "false"),
        ],
    ),
    (
        "MULTISELECT",
        &[
            ("itemType", "\"STRING\""),
            ("allowCustomValue", "false"),
            ("autoSelectFirst", "false"),
        ],
    ),
];

/// Lists of tasks inside a flow.
const TASK_LISTS: [&str; 4] = ["tasks", "errors", "finally", "afterExecution"];

/// The properties of a flow as Kestra prints them, except identity, revision and source.
pub(crate) fn body(root: &Node) -> Object {
    let Value::Object(mut flow) = without_nulls(root.to_json()) else {
        return Object::new();
    };
    for known in [
        "id",
        "namespace",
        "revision",
        "deleted",
        "updated",
        "tenantId",
        "source",
    ] {
        flow.remove(known);
    }
    let disabled = flow
        .get("disabled")
        .is_some_and(|value| text(value).eq_ignore_ascii_case("true"));
    flow.insert("disabled".into(), disabled.into());
    change(&mut flow, "description", scalar_text);
    change(&mut flow, "labels", labels);
    change_each(&mut flow, "inputs", input);
    change_each(&mut flow, "outputs", |value| {
        ordered(value, &["id", "description", "value", "type", "displayName"])
    });
    for list in TASK_LISTS {
        change_each(&mut flow, list, plugin);
    }
    change_each(&mut flow, "triggers", plugin);
    for list in ["pluginDefaults", "taskDefaults"] {
        change_each(&mut flow, list, |value| {
            ordered(with(value, "forced", json!(false)), &["type", "forced", "values"])
        });
    }
    change(&mut flow, "concurrency", |value| {
        ordered(with(value, "behavior", json!("QUEUE")), &["limit", "behavior"])
    });
    change(&mut flow, "retry", retry);
    change_each(&mut flow, "sla", |value| {
        ordered(value, &["id", "type", "behavior"])
    });
    change_each(&mut flow, "checks", |value| {
        let value = with(
            with(value, "style", json!("INFO")),
            "behavior",
            json!("BLOCK_EXECUTION"),
        );
        ordered(value, &["condition", "message", "style", "behavior"])
    });
    flow
}

/// Finds a task anywhere in a printed flow.
pub(crate) fn task<'a>(body: &'a Object, id: &str) -> Option<&'a Value> {
    TASK_LISTS
        .iter()
        .filter_map(|list| body.get(*list))
        .find_map(|tasks| find(tasks, id))
}

fn find<'a>(value: &'a Value, id: &str) -> Option<&'a Value> {
    match value {
        Value::Object(object) if is_plugin(object) && object.get("id").is_some_and(|found| found == id) => {
            Some(value)
        }
        Value::Object(object) => object.values().find_map(|inner| find(inner, id)),
        Value::Array(items) => items.iter().find_map(|inner| find(inner, id)),
        _ => None,
    }
}

/// A task, trigger or condition, with those nested in it.
fn plugin(value: Value) -> Value {
    let Value::Object(mut object) = value else {
        return value;
    };
    let core = object
        .get("type")
        .and_then(Value::as_str)
        .and_then(|name| core_types::lookup(name).core());
    for known in ["id", "type", "description"] {
        change(&mut object, known, scalar_text);
    }
    change(&mut object, "retry", retry);
    if core.is_some() {
        change(&mut object, "labels", labels);
    }
    let printed = object
        .into_iter()
        .filter_map(|(name, value)| property(core, name, value))
        .collect();
    ordered(Value::Object(printed), &PLUGIN_ORDER)
}

/// One property of a plugin; `None` when Kestra leaves it out.
fn property(core: Option<CoreType>, name: String, value: Value) -> Option<(String, Value)> {
    if value.is_object() || value.is_array() {
        return Some((name, nested(value)));
    }
    let text = text(&value);
    let known = core.and_then(|core| core.property(&name));
    let default = known.and_then(|property| property.default);
    if default == Some(&text) || PLUGIN_DEFAULTS.contains(&(name.as_str(), text.as_str())) {
        return None;
    }
    let as_text = known.is_some_and(|property| property.text);
    Some((name, if as_text { text.into() } else { value }))
}

/// Applies `plugin` to whatever looks like one inside a property.
fn nested(value: Value) -> Value {
    match value {
        Value::Object(object) if is_plugin(&object) => plugin(Value::Object(object)),
        Value::Object(object) => object
            .into_iter()
            .map(|(name, inner)| (name, nested(inner)))
            .collect::<Object>()
            .into(),
        Value::Array(items) => items.into_iter().map(nested).collect(),
        scalar => scalar,
    }
}

fn is_plugin(object: &Object) -> bool {
    let class = object.get("type").and_then(Value::as_str);
    object.contains_key("id") && class.is_some_and(|class| class.contains('.'))
}

/// Kestra prints the number of attempts under two names.
fn retry(value: Value) -> Value {
    let attempts = value.get("maxAttempts").cloned();
    let value = with(
        with(value, "warningOnRetry", json!(false)),
        "behavior",
        json!("RETRY_FAILED_TASK"),
    );
    let order = [
        "maxDuration",
        "maxAttempts",
        "warningOnRetry",
        "behavior",
        "type",
        "interval",
    ];
    match attempts {
        Some(attempts) => with(ordered(value, &order), "maxAttempt", attempts),
        None => ordered(value, &order),
    }
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
    let defaults = INPUT_DEFAULTS
        .iter()
        .find(|(kind, _)| value.get("type").is_some_and(|found| found == kind));
    for (name, default) in defaults.map_or(&[][..], |(_, defaults)| *defaults) {
        value = with(value, name, serde_json::from_str(default).unwrap_or_default());
    }
    ordered(value, &INPUT_ORDER)
}

/// A map of labels becomes the list Kestra keeps.
fn labels(value: Value) -> Value {
    match value {
        Value::Object(map) => map
            .into_iter()
            .map(|(key, value)| json!({"key": key, "value": text(&value)}))
            .collect(),
        Value::Array(items) => items
            .into_iter()
            .map(|mut item| {
                if let Some(object) = item.as_object_mut() {
                    change(object, "key", scalar_text);
                    change(object, "value", scalar_text);
                }
                item
            })
            .collect(),
        other => other,
    }
}

fn change(object: &mut Object, name: &str, edit: impl FnOnce(Value) -> Value) {
    if let Some(value) = object.get_mut(name) {
        *value = edit(value.take());
    }
}

fn change_each(object: &mut Object, name: &str, edit: impl Fn(Value) -> Value) {
    if let Some(items) = object.get_mut(name).and_then(Value::as_array_mut) {
        for item in items {
            *item = edit(item.take());
        }
    }
}

/// The same object with a property it did not say.
fn with(mut value: Value, name: &str, default: Value) -> Value {
    if let Some(object) = value.as_object_mut() {
        object.entry(name).or_insert(default);
    }
    value
}

/// The same object with these properties first.
fn ordered(value: Value, first: &[&str]) -> Value {
    let Value::Object(mut rest) = value else {
        return value;
    };
    let mut object = Object::new();
    for name in first {
        if let Some(value) = rest.shift_remove(*name) {
            object.insert((*name).into(), value);
        }
    }
    object.extend(rest);
    object.into()
}

/// A scalar where Kestra holds text.
fn scalar_text(value: Value) -> Value {
    match value {
        Value::Bool(_) | Value::Number(_) => text(&value).into(),
        other => other,
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Maps lose their nulls; lists keep theirs.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(object) => object
            .into_iter()
            .filter(|(_, inner)| !inner.is_null())
            .map(|(name, inner)| (name, without_nulls(inner)))
            .collect::<Object>()
            .into(),
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        scalar => scalar,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: Value) {
        let printed = body(&schema::yaml::parse(source).unwrap());
        let mut expected = expected;
        expected
            .as_object_mut()
            .unwrap()
            .entry("disabled")
            .or_insert(json!(false));
        // Compared as text, because the order of keys is part of the answer.
        let sorted = |value: &Value| ordered(value.clone(), &["disabled"]).to_string();
        assert_eq!(sorted(&printed.into()), sorted(&expected), "{source}");
    }

    #[test]
    fn labels_become_a_list_of_texts() {
        let list = json!([{"key": "a", "value": "1"}, {"key": "b", "value": "true"}]);
        check("labels: {a: 1, b: yes}", json!({"labels": list}));
        check(
            "labels: [{key: a, value: 1}, {key: b, value: on}]",
            json!({"labels": list}),
        );
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
        let printed = body(&schema::yaml::parse(source).unwrap());
        assert_eq!(task(&printed, "deep").unwrap()["type"], "a.C");
        assert_eq!(task(&printed, "e").unwrap()["type"], "a.D");
        assert_eq!(task(&printed, "x"), None);
    }
}
