//! Executions: taken in, kept, found and removed. What only an engine can do, the one that is attached is asked for; the rest
//! is refused.

mod actions;
mod bulk;
mod create;
mod csv;
mod eval;
mod files;
mod flow;
mod follow;
mod follow_dependencies;
mod labels;
mod outputs;
mod print;
mod read;
mod replay;
mod search;
mod webhook;

use std::future::Future;

use axum::http::Method;
pub(super) use follow::events;
use schema::KestraLine::{V1_3, V2_0};

use crate::{
    app::App,
    call::{Call, MULTIPART, Part},
    fault::Fault,
    reply::Reply,
    router::{Route, route},
    store::{
        executions::{self, Execution},
        flows::{self, Flow},
    },
};

/// What events over time are sent as.
pub(super) const EVENTS: &str = "text/event-stream";

pub(super) fn routes() -> Vec<Route> {
    let execution = "/executions/{executionId}";
    let of_flow = "/executions/{namespace}/{id}";
    let mut routes = vec![
        route(Method::POST, of_flow, create::create).consuming(&[MULTIPART]),
        route(Method::POST, "/executions/trigger/{namespace}/{id}", create::create)
            .consuming(&[MULTIPART])
            .only(V1_3),
        route(Method::POST, "/executions/{namespace}/{id}/validate", create::validate)
            .consuming(&[MULTIPART]),
        route(Method::GET, execution, read::get),
        route(Method::DELETE, execution, read::delete),
        route(Method::GET, "/executions", search::of_flow),
        route(Method::GET, "/executions/search", search::search),
        route(Method::POST, "/executions/latest", search::latest),
        route(Method::GET, "/executions/export/by-query/csv", csv::export_by_query).producing("text/csv"),
        route(Method::GET, "/executions/namespaces", flow::namespaces),
        route(Method::GET, "/executions/namespaces/{namespace}/flows", flow::of_namespace),
        route(Method::GET, "/executions/flows/{namespace}/{flowId}", flow::of_flow),
        route(Method::GET, "/executions/{executionId}/flow", flow::of_execution),
        route(Method::GET, "/executions/{executionId}/graph", flow::graph),
        route(Method::GET, "/executions/{executionId}/file", files::download),
        route(Method::GET, "/executions/{executionId}/file/metas", files::metas),
        route(Method::GET, "/executions/{executionId}/follow", follow::follow).producing(EVENTS),
        route(Method::GET, "/executions/{executionId}/follow-dependencies", follow_dependencies::follow)
            .producing(EVENTS),
        route(Method::GET, "/executions/distinct-field-values", search::distinct).only(V2_0),
        route(Method::GET, "/outputs/executions/{executionId}", outputs::of_execution).only(V2_0),
        route(Method::GET, "/outputs/tasks/{executionId}", outputs::of_tasks).only(V2_0),
        route(Method::GET, "/outputs/tasks/{executionId}/{taskRunId}", outputs::of_task).only(V2_0),
    ];
    routes.extend(action(Method::POST, "labels", labels::set));
    routes.extend(action(Method::POST, "replay", replay::replay));
    let with_inputs = action(Method::POST, "replay-with-inputs", replay::with_inputs);
    routes.extend(with_inputs.map(|route| route.consuming(&[MULTIPART])));
    for path in ["eval", "eval/{taskRunId}"] {
        let eval = action(Method::POST, path, eval::eval);
        routes.extend(eval.map(|route| route.consuming(&["text/plain"]).by_engine()));
    }
    routes.extend(actions::routes());
    routes.extend(bulk::routes());
    for method in [Method::GET, Method::POST, Method::PUT] {
        let keyed = "/executions/webhook/{namespace}/{id}/{key}";
        routes.push(route(method.clone(), keyed, webhook::call));
        routes.push(route(method, "/executions/webhook/{namespace}/{id}/{key}/{path}", webhook::call));
    }
    routes
}

/// The routes of an action on one execution; 2.0 has all actions in a place of their own.
fn action<F, R>(method: Method, name: &str, handler: F) -> [Route; 2]
where
    F: Fn(Call) -> R + Clone + Send + Sync + 'static,
    R: Future<Output = Reply> + Send + 'static,
{
    [("", V1_3), ("actions/", V2_0)].map(|(place, line)| {
        let template = format!("/executions/{{executionId}}/{place}{name}");
        route(method.clone(), &template, handler.clone()).only(line)
    })
}

/// The execution of the path, which must exist.
async fn existing(call: &Call) -> Result<Execution, Fault> {
    find(call).await?.ok_or(Fault::NotFound)
}

/// The same where Kestra says in words of its own that there is none.
pub(super) async fn existing_or(
    call: &Call,
    missing: impl FnOnce(&str) -> String,
) -> Result<Execution, Fault> {
    let absent = || Fault::Missing(missing(&call.variable("executionId")));
    find(call).await?.ok_or_else(absent)
}

async fn find(call: &Call) -> Result<Option<Execution>, Fault> {
    let id = call.variable("executionId");
    Ok(call.app.store.read(move |c| executions::get(c, &id)).await?)
}

/// A flow that can be started, of a revision or the current one.
async fn startable(call: &Call) -> Result<Flow, Fault> {
    let (namespace, id) = (call.variable("namespace"), call.variable("id"));
    let flow = of_revision(&call.app, namespace, id, call.query.number("revision")?).await?;
    let flow = flow.ok_or_else(|| Fault::Missing("Requested Flow is not found.".into()))?;
    if is_disabled(&flow) {
        return Err(Fault::State("Requested Flow is disabled.".into()));
    }
    Ok(flow)
}

fn is_disabled(flow: &Flow) -> bool {
    flow.body.get("disabled").is_some_and(|disabled| disabled == true)
}

/// One revision of a flow, or the current one; a deletion is none.
async fn of_revision(
    app: &App,
    namespace: String,
    id: String,
    revision: Option<i64>,
) -> Result<Option<Flow>, Fault> {
    let found = app.store.read(move |c| flows::existing_or_revision(c, &namespace, &id, revision));
    Ok(found.await?.filter(|flow| !flow.deleted))
}

/// The flow of an execution, in the revision it is an execution of.
async fn flow_of(app: &App, execution: &Execution) -> Result<Flow, Fault> {
    let (namespace, id) = (execution.namespace().to_owned(), execution.flow_id().to_owned());
    let found = of_revision(app, namespace, id, execution.revision()).await?;
    found.ok_or_else(|| Fault::Missing("No value present".into()))
}

/// The parts of a request; none when it has no body.
async fn parts(call: Call) -> Result<Vec<Part>, Fault> {
    if call.media_type().is_empty() { Ok(Vec::new()) } else { call.parts().await }
}

#[cfg(test)]
mod tests;
