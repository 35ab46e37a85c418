//! Flows as a table: a row per flow, values that are no scalars in the words of Java.

use serde_json::{Map, Value};

use super::{ORDER, View, json, search};
use crate::{
    call::Call,
    reply::{self, Reply},
};

pub(super) async fn export_by_query(call: Call) -> Reply {
    let found = search::find(&call.app, &call.query).await?;
    let flows: Vec<Value> = found.into_iter().map(|flow| json(flow, View::Read, call.line())).collect();
    let flows: Vec<&Map<String, Value>> = flows.iter().filter_map(Value::as_object).collect();
    reply::saved_as("text/csv", "attachment; filename=flows.csv".to_owned(), table(&flows).into_bytes())
}

/// The header names every property that some flow has.
fn table(flows: &[&Map<String, Value>]) -> String {
    let known = |name: &&&str| flows.iter().any(|flow| flow.contains_key(**name));
    let columns: Vec<&str> = ORDER.iter().filter(known).copied().collect();
    let row = |flow: &&Map<String, Value>| {
        let cell = |name: &&str| flow.get(*name).map_or_else(String::new, |value| quoted(&java(value)));
        columns.iter().map(cell).collect::<Vec<String>>().join(",")
    };
    let rows = std::iter::once(columns.join(",")).chain(flows.iter().map(row));
    rows.map(|row| row + "\n").collect()
}

/// What Java prints for a value.
fn java(value: &Value) -> String {
    let joined = |parts: Vec<String>| parts.join(", ");
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", joined(items.iter().map(java).collect())),
        Value::Object(object) => {
            let entry = |(name, value): (&String, &Value)| format!("{name}={}", java(value));
            format!("{{{}}}", joined(object.iter().map(entry).collect()))
        }
        scalar => scalar.to_string(),
    }
}

/// A cell in quotes where it needs them (RFC 4180).
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_written_as_java_prints_them() {
        let flow = json!({"id": "a", "disabled": false, "tasks": [{"id": "l", "message": "say \"hi\""}]});
        let other = json!({"id": "b", "description": "x, y"});
        let flows = [flow.as_object().unwrap(), other.as_object().unwrap()];
        let expected = "id,description,disabled,tasks\n\
            a,,false,\"[{id=l, message=say \"\"hi\"\"}]\"\n\
            b,\"x, y\",,\n";
        assert_eq!(table(&flows), expected);
    }
}
