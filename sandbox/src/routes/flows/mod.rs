//! Flows: stored as text in revisions, answered as Kestra's model of that text.

mod archive;
mod bulk;
mod crud;
mod csv;
mod dependencies;
mod deprecated;
mod enable;
pub(super) mod graph;
mod revisions;
mod rewrite;
mod search;
mod validate;
mod validate_task;

use axum::http::Method;
use schema::KestraLine::{self, V1_3, V2_0};
pub(crate) use search::find as find_flows;
use serde_json::{Map, Value};

use crate::{
    call::MULTIPART,
    router::{Route, route},
    store::flows::{Flow, Saved},
};

/// What flows and dashboards are written in.
pub(super) const YAML: &str = "application/x-yaml";

/// The media types several flows at once come in.
const SOURCES_1_3: &[&str] = &[YAML, "application/json", MULTIPART];
const SOURCES_2_0: &[&str] = &[YAML, MULTIPART];

pub(super) fn routes() -> Vec<Route> {
    let flow = "/flows/{namespace}/{id}";
    let history = "/flows/{namespace}/{id}/revisions";
    vec![
        route(Method::POST, "/flows", crud::create).only(V1_3),
        route(Method::POST, "/flows", crud::create).consuming(&[YAML]).only(V2_0),
        route(Method::GET, "/flows/{namespace}", crud::list),
        route(Method::GET, flow, crud::get),
        route(Method::PUT, flow, crud::update).only(V1_3),
        route(Method::PUT, flow, crud::update).consuming(&[YAML]).only(V2_0),
        route(Method::DELETE, flow, crud::delete),
        route(Method::GET, "/flows/{namespace}/{id}/tasks/{taskId}", crud::task),
        route(Method::PATCH, "/flows/{namespace}/{id}/{taskId}", crud::update_task).only(V1_3),
        route(Method::GET, history, revisions::list),
        route(Method::DELETE, history, revisions::delete),
        route(Method::GET, "/flows/search", search::search),
        route(Method::GET, "/flows/source", search::source),
        route(Method::GET, "/flows/distinct-namespaces", search::distinct_namespaces),
        route(Method::POST, "/flows/validate", validate::validate).consuming(SOURCES_2_0),
        route(Method::POST, "/flows/validate/task", validate_task::validate),
        route(Method::POST, "/flows/validate/trigger", validate_task::validate_trigger),
        route(Method::POST, "/flows/bulk", bulk::update).consuming(SOURCES_1_3).only(V1_3),
        route(Method::POST, "/flows/bulk", bulk::update).consuming(SOURCES_2_0).only(V2_0),
        route(Method::POST, "/flows/{namespace}", bulk::update_namespace).consuming(SOURCES_1_3).only(V1_3),
        route(Method::POST, "/flows/{namespace}", bulk::update_namespace).consuming(SOURCES_2_0).only(V2_0),
        route(Method::POST, "/flows/import", archive::import).consuming(&[MULTIPART]),
        route(Method::POST, "/flows/export/by-ids", archive::export_by_ids),
        route(Method::GET, "/flows/export/by-query", archive::export_by_query),
        route(Method::GET, "/flows/export/by-query/csv", csv::export_by_query).producing("text/csv"),
        route(Method::GET, "/flows/deprecated", deprecated::list),
        route(Method::GET, "/flows/{namespace}/{id}/graph", graph::of_flow),
        route(Method::POST, "/flows/graph", graph::of_source).consuming(&[YAML]),
        route(Method::GET, "/flows/{namespace}/{id}/dependencies", dependencies::of_flow),
        route(Method::GET, "/namespaces/{namespace}/dependencies", dependencies::of_namespace),
        route(Method::DELETE, "/flows/delete/by-ids", bulk::delete_by_ids),
        route(Method::DELETE, "/flows/delete/by-query", bulk::delete_by_query),
        route(Method::POST, "/flows/disable/by-ids", enable::disable_by_ids),
        route(Method::POST, "/flows/disable/by-query", enable::disable_by_query),
        route(Method::POST, "/flows/enable/by-ids", enable::enable_by_ids),
        route(Method::POST, "/flows/enable/by-query", enable::enable_by_query),
    ]
}

/// Which of a flow's many prints is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    /// The answer to a write that made a revision: no `updated` yet, no `triggers` unless given.
    Written,
    /// What reading gives.
    Read,
    /// The same with the text.
    ReadWithSource,
}

/// The properties of a flow in the order Kestra prints them.
const ORDER: [&str; 29] = [
    "id",
    "namespace",
    "revision",
    "updated",
    "description",
    "inputs",
    "outputs",
    "disabled",
    "deleted",
    "draft",
    "labels",
    "variables",
    "workerGroup",
    "workerSelector",
    "tasks",
    "errors",
    "listeners",
    "afterExecution",
    "triggers",
    "taskDefaults",
    "pluginDefaults",
    "concurrency",
    "retry",
    "sla",
    "checks",
    "quotas",
    "policyRefs",
    "source",
    "finally",
];

/// Prints a flow in the words of a line.
fn json(flow: Flow, view: View, line: KestraLine) -> Value {
    let Flow { namespace, id, revision, deleted, updated, source, mut body } = flow;
    body.insert("id".into(), id.into());
    body.insert("namespace".into(), namespace.into());
    body.insert("revision".into(), revision.into());
    body.insert("deleted".into(), deleted.into());
    if line == V2_0 {
        body.entry("draft").or_insert(false.into());
    }
    if view != View::Read {
        body.insert("source".into(), source.into());
    }
    if view != View::Written {
        body.entry("triggers").or_insert_with(|| Value::Array(Vec::new()));
        // 1.3 has no moment of a deletion.
        let updated = updated.filter(|_| line == V2_0 || !deleted);
        body.extend(updated.map(|updated| ("updated".into(), updated.into())));
    }
    let known = ORDER.iter().filter_map(|name| Some(((*name).to_owned(), body.remove(*name)?)));
    known.collect::<Map<String, Value>>().into()
}

/// Prints what a write came to.
fn saved_json(saved: Saved, line: KestraLine) -> Value {
    match saved {
        Saved::New(flow) => json(flow, View::Written, line),
        Saved::Same(flow) => json(flow, View::ReadWithSource, line),
    }
}

/// The answer to a flow that came as JSON, which only 1.3 takes.
fn saved_json_without_source(saved: Saved) -> Value {
    let mut printed = saved_json(saved, V1_3);
    if let Some(flow) = printed.as_object_mut() {
        flow.shift_remove("source");
    }
    printed
}
