//! Finding and replacing a task by id, wherever it is nested.

use serde_json::Value;

use super::{TASK_LISTS, edit::Object, plugin::is_plugin};

/// Finds a task anywhere in a printed flow.
pub(crate) fn task<'a>(body: &'a Object, id: &str) -> Option<&'a Value> {
    TASK_LISTS.iter().filter_map(|list| body.get(*list)).find_map(|tasks| find(tasks, id))
}

/// Every task of a printed flow, each before those in it.
pub(crate) fn tasks(body: &Object) -> Vec<&Value> {
    let mut waiting: Vec<&Value> = TASK_LISTS.iter().rev().filter_map(|list| body.get(*list)).collect();
    let mut found = Vec::new();
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(object) => {
                found.extend(is_plugin(object).then_some(value));
                waiting.extend(object.values().rev());
            }
            Value::Array(items) => waiting.extend(items.iter().rev()),
            _ => {}
        }
    }
    found
}

/// Puts another task in the place of the one with an id; false when there is none.
pub(in crate::flow) fn replace_task(flow: &mut Value, id: &str, task: Value) -> bool {
    let mut lists =
        TASK_LISTS.iter().filter(|list| flow.get(list).is_some_and(|tasks| find(tasks, id).is_some()));
    let found = lists.next().and_then(|list| find_mut(flow.get_mut(list)?, id));
    found.map(|found| *found = task).is_some()
}

fn find<'a>(value: &'a Value, id: &str) -> Option<&'a Value> {
    match value {
        found if is_task(found, id) => Some(found),
        Value::Object(object) => object.values().find_map(|inner| find(inner, id)),
        Value::Array(items) => items.iter().find_map(|inner| find(inner, id)),
        _ => None,
    }
}

fn find_mut<'a>(value: &'a mut Value, id: &str) -> Option<&'a mut Value> {
    match value {
        found if is_task(found, id) => Some(found),
        Value::Object(object) => object.values_mut().find_map(|inner| find_mut(inner, id)),
        Value::Array(items) => items.iter_mut().find_map(|inner| find_mut(inner, id)),
        _ => None,
    }
}

fn is_task(value: &Value, id: &str) -> bool {
    value.as_object().is_some_and(|object| is_plugin(object) && object.get("id").is_some_and(|own| own == id))
}
