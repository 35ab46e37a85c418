//! Tasks and triggers: what comes first, what is left out, what is printed as text.

use schema::{
    KestraLine,
    catalog::{Dynamic, Entry, Property, Type},
};
use serde_json::{Value, json};

use super::{
    super::known::lookup,
    edit::{Object, change, change_each, ordered, scalar_text, text, with},
    input,
};

/// The properties of a task or trigger that come first, in Kestra's order; the others follow as written.
const PLUGIN_ORDER: [&str; 17] = [
    "id",
    "type",
    "version",
    "description",
    "retry",
    "timeout",
    "conditions",
    "disabled",
    "workerGroup",
    "workerSelector",
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

/// A task, trigger or condition, with those nested in it.
pub(super) fn plugin(value: Value, line: KestraLine) -> Value {
    let Value::Object(mut object) = value else {
        return value;
    };
    let core = object.get("type").and_then(Value::as_str).and_then(|name| lookup(name, line).entry());
    for known in ["id", "type", "description"] {
        change(&mut object, known, scalar_text);
    }
    change(&mut object, "retry", retry);
    if core.is_some() {
        change(&mut object, "labels", labels);
        // What a Pause asks for.
        change_each(&mut object, "onResume", input);
    }
    let printed = object.into_iter().filter_map(|(name, value)| property(core, name, value, line)).collect();
    ordered(Value::Object(printed), &PLUGIN_ORDER)
}

/// One property of a plugin; `None` when Kestra leaves it out.
fn property(
    core: Option<&'static Entry>,
    name: String,
    value: Value,
    line: KestraLine,
) -> Option<(String, Value)> {
    if value.is_object() || value.is_array() {
        return Some((name, nested(value, line)));
    }
    let text = text(&value);
    let known = core.and_then(|core| core.property(&name));
    let default = known.and_then(|property| property.default.as_ref());
    let is_default = default.is_some_and(|default| super::text(default) == text);
    if is_default || PLUGIN_DEFAULTS.contains(&(name.as_str(), text.as_str())) {
        return None;
    }
    Some((name, if known.is_some_and(is_text) { text.into() } else { value }))
}

/// Whether Kestra keeps a scalar as text, because an expression may stand in the place of a number or boolean.
fn is_text(property: &Property) -> bool {
    let scalar = |kind: &Type| matches!(kind, Type::Boolean | Type::Integer(_) | Type::Number(_));
    property.dynamic == Dynamic::Any && matches!(&property.kind, Type::One(kinds) if kinds.iter().any(scalar))
}

/// Applies `plugin` to whatever looks like one inside a property.
fn nested(value: Value, line: KestraLine) -> Value {
    match value {
        Value::Object(object) if is_plugin(&object) => plugin(Value::Object(object), line),
        Value::Object(object) => {
            object.into_iter().map(|(name, inner)| (name, nested(inner, line))).collect::<Object>().into()
        }
        Value::Array(items) => items.into_iter().map(|inner| nested(inner, line)).collect(),
        scalar => scalar,
    }
}

pub(super) fn is_plugin(object: &Object) -> bool {
    let class = object.get("type").and_then(Value::as_str);
    object.contains_key("id") && class.is_some_and(|class| class.contains('.'))
}

/// Kestra prints the number of attempts under two names.
pub(super) fn retry(value: Value) -> Value {
    let attempts = value.get("maxAttempts").cloned();
    let value = with(with(value, "warningOnRetry", json!(false)), "behavior", json!("RETRY_FAILED_TASK"));
    let order = ["maxDuration", "maxAttempts", "warningOnRetry", "behavior", "type", "interval"];
    match attempts {
        Some(attempts) => with(ordered(value, &order), "maxAttempt", attempts),
        None => ordered(value, &order),
    }
}

/// A map of labels becomes the list Kestra keeps.
pub(super) fn labels(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            map.into_iter().map(|(key, value)| json!({"key": key, "value": text(&value)})).collect()
        }
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
