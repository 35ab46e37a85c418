//! Small edits of JSON objects, from which the model is made.

use serde_json::{Map, Value};

pub(in crate::flow) type Object = Map<String, Value>;

pub(in crate::flow) fn change(object: &mut Object, name: &str, edit: impl FnOnce(Value) -> Value) {
    if let Some(value) = object.get_mut(name) {
        *value = edit(value.take());
    }
}

pub(in crate::flow) fn change_each(object: &mut Object, name: &str, edit: impl Fn(Value) -> Value) {
    if let Some(items) = object.get_mut(name).and_then(Value::as_array_mut) {
        for item in items {
            *item = edit(item.take());
        }
    }
}

/// The same object with a property it did not say.
pub(in crate::flow) fn with(mut value: Value, name: &str, default: Value) -> Value {
    if let Some(object) = value.as_object_mut() {
        object.entry(name).or_insert(default);
    }
    value
}

/// The same object with a property under its new name.
pub(in crate::flow) fn renamed(mut value: Value, old: &str, new: &str) -> Value {
    if let Some(object) = value.as_object_mut()
        && let Some(inner) = object.shift_remove(old)
    {
        object.entry(new).or_insert(inner);
    }
    value
}

/// The same object with these properties first.
pub(in crate::flow) fn ordered(value: Value, first: &[&str]) -> Value {
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
pub(in crate::flow) fn scalar_text(value: Value) -> Value {
    match value {
        Value::Bool(_) | Value::Number(_) => text(&value).into(),
        other => other,
    }
}

pub(in crate::flow) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Maps lose their nulls; lists keep theirs.
pub(in crate::flow) fn without_nulls(value: Value) -> Value {
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
