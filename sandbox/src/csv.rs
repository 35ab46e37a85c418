//! Tables as Kestra exports them: a row per thing, values that are no scalars in the words of Java.

use serde_json::{Map, Value};

use crate::reply::{self, Reply};

/// 200 with a table to save; `order` are the columns, of which those are there that some row has.
pub(crate) fn export(name: &str, rows: &[Value], order: &[&str]) -> Reply {
    let rows: Vec<&Map<String, Value>> = rows.iter().filter_map(Value::as_object).collect();
    let disposition = format!("attachment; filename={name}.csv");
    reply::saved_as("text/csv", disposition, table(&rows, order).into_bytes())
}

fn table(rows: &[&Map<String, Value>], order: &[&str]) -> String {
    let known = |name: &&&str| rows.iter().any(|row| row.contains_key(**name));
    let columns: Vec<&str> = order.iter().filter(known).copied().collect();
    let line = |row: &&Map<String, Value>| {
        let cell = |name: &&str| row.get(*name).map_or_else(String::new, |value| quoted(&java(value)));
        columns.iter().map(cell).collect::<Vec<String>>().join(",")
    };
    let lines = std::iter::once(columns.join(",")).chain(rows.iter().map(line));
    lines.map(|line| line + "\n").collect()
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
        assert_eq!(table(&flows, &["id", "description", "disabled", "tasks"]), expected);
    }
}
