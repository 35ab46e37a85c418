//! Flows whose tasks have types that Kestra advises against, or call by a former name.

use schema::KestraLine;
use serde_json::{Map, Value, json};

use crate::{
    call::Call,
    filter::is_or_is_below,
    flow::{self, Known, lookup},
    reply::{self, Reply},
    store::flows,
};

pub(super) async fn list(call: Call) -> Reply {
    let line = call.line();
    let mut found = call.app.store.read(|c| flows::list(c, None)).await?;
    if let Some(namespace) = call.query.one("namespace") {
        found.retain(|flow| is_or_is_below(&flow.namespace, namespace));
    }
    let flow = |flow: flows::Flow| {
        let tasks = tasks(&flow.body, line);
        let summary = json!({"id": flow.id, "namespace": flow.namespace, "revision": flow.revision, "deprecatedTasks": tasks});
        (!tasks.is_empty()).then_some(summary)
    };
    reply::json(&found.into_iter().filter_map(flow).collect::<Vec<Value>>())
}

fn tasks(body: &Map<String, Value>, line: KestraLine) -> Vec<Value> {
    let deprecated = |task: &Value| {
        let (id, name) = (task.get("id")?, task.get("type")?.as_str()?);
        let mut found = json!({"taskId": id, "taskType": name});
        match lookup(name, line) {
            Known::Alias(entry) => found["replacement"] = entry.name.as_str().into(),
            Known::Core(entry) if entry.deprecated => {}
            _ => return None,
        }
        Some(found)
    };
    flow::tasks(body).into_iter().filter_map(deprecated).collect()
}
