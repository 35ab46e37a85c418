//! Flows as those see them who may start them and not read them: inputs, and the names and types of tasks.

use engine::Request;
use schema::KestraLine;
use serde_json::{Map, Value, json};

use super::{super::flows::graph as topology, existing_or, flow_of, is_disabled, of_revision};
use crate::{
    call::Call,
    fault::Fault,
    reply::{self, Reply},
    store::{
        flows::{self, Flow},
        namespaces,
    },
};

pub(super) async fn of_execution(call: Call) -> Reply {
    let execution = existing_or(&call, |_| "No value present".into()).await?;
    reply::json(&print(&flow_of(&call.app, &execution).await?, call.line()))
}

/// The graph of the flow; how task runs are drawn into it is Kestra's own knowledge.
pub(super) async fn graph(call: Call) -> Reply {
    let execution = existing_or(&call, |id| format!("Unable to find execution id '{id}'")).await?;
    if execution.0.get("taskRunList").and_then(Value::as_array).is_some_and(|runs| !runs.is_empty()) {
        let executor = call.app.executor.as_ref().ok_or(Fault::NoEngine("draw the task runs of"))?;
        let subflows = call.query.all("subflows").map(str::to_owned).collect();
        let request = Request::Graph { execution_id: execution.id().into(), subflows };
        return reply::json(&executor.about(&call.app, &execution, &request).await?);
    }
    topology::only_the_flow(&call)?;
    reply::json(&topology::graph(&flow_of(&call.app, &execution).await?.body)?)
}

pub(super) async fn of_flow(call: Call) -> Reply {
    let (namespace, id) = (call.variable("namespace"), call.variable("flowId"));
    let flow = of_revision(&call.app, namespace, id, call.query.number("revision")?).await?;
    let flow = flow.ok_or_else(|| Fault::Missing("No value present".into()))?;
    reply::json(&print(&flow, call.line()))
}

pub(super) async fn namespaces(call: Call) -> Reply {
    reply::json(&call.app.store.read(namespaces::with_flows).await?)
}

pub(super) async fn of_namespace(call: Call) -> Reply {
    let namespace = call.variable("namespace");
    let found = call.app.store.read(move |c| flows::list(c, Some(&namespace))).await?;
    let startable = found.iter().filter(|flow| !is_disabled(flow));
    reply::json(&startable.map(|flow| print(flow, call.line())).collect::<Vec<Value>>())
}

fn print(flow: &Flow, line: KestraLine) -> Value {
    let mut printed = Map::new();
    printed.insert("id".into(), flow.id.as_str().into());
    printed.insert("namespace".into(), flow.namespace.as_str().into());
    printed.insert("revision".into(), flow.revision.into());
    if let Some(inputs) = flow.body.get("inputs") {
        printed.insert("inputs".into(), inputs.clone());
    }
    printed.insert("disabled".into(), is_disabled(flow).into());
    if line == KestraLine::V2_0 {
        printed.insert("draft".into(), flow.body.get("draft").cloned().unwrap_or(false.into()));
    }
    printed.insert("deleted".into(), flow.deleted.into());
    for (list, reduce) in [
        ("tasks", task as fn(&Value) -> Value),
        ("errors", task),
        ("afterExecution", task),
        ("triggers", named),
        ("sla", named),
        ("finally", task),
    ] {
        printed.insert(list.into(), each(flow.body.get(list), reduce));
    }
    printed.into()
}

fn each(list: Option<&Value>, reduce: fn(&Value) -> Value) -> Value {
    list.and_then(Value::as_array).into_iter().flatten().map(reduce).collect()
}

fn named(part: &Value) -> Value {
    json!({"id": part["id"], "type": part["type"]})
}

/// A task with the tasks right inside it, and what a Pause asks for.
fn task(part: &Value) -> Value {
    let mut printed = named(part);
    let children: Vec<Value> = flow_lists(part).map(task).collect();
    if !children.is_empty() {
        printed["tasks"] = children.into();
    }
    if let Some(inputs) = part.get("onResume") {
        printed["inputs"] = inputs.clone();
    }
    printed
}

/// The tasks in the properties of a task: a list of tasks, or a list for each case.
fn flow_lists(part: &Value) -> impl Iterator<Item = &Value> {
    let properties = part.as_object().into_iter().flat_map(Map::values);
    let lists = properties.flat_map(|property| match property {
        Value::Object(cases) => cases.values().collect(),
        other => vec![other],
    });
    let is_task = |item: &&Value| {
        item.get("id").is_some() && item["type"].as_str().is_some_and(|kind| kind.contains('.'))
    };
    lists.filter_map(Value::as_array).flatten().filter(is_task)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_are_reduced_with_those_inside_them() {
        let whole = json!({
            "id": "s", "type": "a.Switch", "value": "x",
            "cases": {"one": [{"id": "p", "type": "a.Pause", "onResume": [{"id": "why", "type": "STRING"}]}]},
            "tasks": [{"id": "l", "type": "a.Log", "message": "hush"}],
        });
        let expected = json!({"id": "s", "type": "a.Switch", "tasks": [
            {"id": "p", "type": "a.Pause", "inputs": [{"id": "why", "type": "STRING"}]},
            {"id": "l", "type": "a.Log"},
        ]});
        assert_eq!(task(&whole), expected);
    }
}
