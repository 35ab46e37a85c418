//! New executions from old ones.

use axum::body::Bytes;
use engine::Request;
use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::{Map, Value};

use super::{create::breakpoints, existing, of_revision, parts, print};
use crate::{
    app::App,
    call::Call,
    execution::{self, inputs},
    fault::Fault,
    reply::{self, Reply},
    store::{
        execution_files,
        executions::{self, Execution},
        flows::Flow,
    },
};

/// What a copy has and its original has not.
#[derive(Default)]
struct Difference {
    revision: Option<i64>,
    /// Properties in the place of the original's.
    properties: Map<String, Value>,
    files: Vec<(String, Bytes)>,
    /// Whether an engine takes it up.
    is_executed: bool,
}

pub(super) async fn replay(call: Call) -> Reply {
    let original = existing(&call).await?;
    let revision = call.query.number("revision")?;
    if revision.is_some() {
        flow(&call, &original, revision).await?;
    }
    if let Some(id) = part(&call, &original)? {
        return in_part(&call, original, id, revision).await;
    }
    let mut difference = Difference { revision, is_executed: call.app.executes(), ..Difference::default() };
    if let Some(text) = call.query.one("breakpoints") {
        difference.properties.insert("breakpoints".into(), breakpoints(text));
    }
    answer(&call.app, original.id(), &execution::new_id(), difference).await
}

/// The same with other values for the inputs.
pub(super) async fn with_inputs(call: Call) -> Reply {
    let original = existing(&call).await?;
    let revision = call.query.number("revision")?;
    let flow = flow(&call, &original, revision.or(original.revision())).await?;
    if part(&call, &original)?.is_some() {
        return Err(Fault::Unserved("replays of a part with other inputs".into()));
    }
    let (app, id) = (call.app.clone(), execution::new_id());
    let sent = inputs::sent(parts(call).await?, &flow, &id);
    let mut difference =
        Difference { revision, files: sent.files, is_executed: app.executes(), ..Difference::default() };
    if let Some(values) = inputs::values(&flow, &sent.texts)? {
        difference.properties.insert("inputs".into(), values.into());
    }
    answer(&app, original.id(), &id, difference).await
}

async fn answer(app: &App, original: &str, id: &str, difference: Difference) -> Reply {
    let (original, id) = (original.to_owned(), id.to_owned());
    let replayed = app.store.write(move |c| {
        let original = executions::get(c, &original)?.ok_or(Fault::NotFound)?;
        copy(c, original, &id, difference)
    });
    let replayed = replayed.await?;
    app.changes.announce();
    reply::json(&print::one(replayed, app.line()))
}

/// Replays an execution of its own or of another revision of the flow.
pub(super) fn again(
    connection: &Connection,
    original: Execution,
    revision: Option<i64>,
    is_executed: bool,
) -> Result<(), Fault> {
    let difference = Difference { revision, is_executed, ..Difference::default() };
    copy(connection, original, &execution::new_id(), difference).map(|_| ())
}

fn copy(
    connection: &Connection,
    mut original: Execution,
    id: &str,
    difference: Difference,
) -> Result<Execution, Fault> {
    let mut copy = execution::replay(&mut original, id, difference.revision, Timestamp::now());
    copy.0.extend(difference.properties);
    executions::update(connection, &original)?;
    for (uri, content) in &difference.files {
        execution_files::put(connection, uri, id, content)?;
    }
    execution::accept(connection, &copy, difference.is_executed)?;
    Ok(copy)
}

/// The flow of an execution in a revision that must exist.
pub(super) async fn flow(call: &Call, execution: &Execution, revision: Option<i64>) -> Result<Flow, Fault> {
    let (namespace, id) = (execution.namespace().to_owned(), execution.flow_id().to_owned());
    let number = revision.unwrap_or_default();
    let missing = Fault::Missing(format!("Unable to find revision {number} on flow {namespace}.{id}"));
    of_revision(&call.app, namespace, id, revision).await?.ok_or(missing)
}

/// The task run to start from.
fn part(call: &Call, execution: &Execution) -> Result<Option<String>, Fault> {
    let id = call.query.one("taskRunId");
    id.map_or(Ok(()), |id| check_task_run(execution, id))?;
    Ok(id.map(str::to_owned))
}

/// Starting in the middle is an engine's work: it knows what comes before a task run.
async fn in_part(call: &Call, original: Execution, task_run: String, revision: Option<i64>) -> Reply {
    let app = &call.app;
    let executor = app.executor.as_ref().ok_or(Fault::NoEngine("replay a part of"))?;
    let request = Request::Replay {
        execution_id: original.id().into(),
        task_run_id: Some(task_run),
        revision,
        breakpoints: call.query.one("breakpoints").map(str::to_owned),
    };
    let answer = executor.about(app, &original, &request).await?;
    let made = executor.made(app, answer["executionId"].as_str().unwrap_or_default()).await?;
    // Meanwhile somebody may have changed or deleted the original.
    let marking = app.store.write(move |c| {
        let Some(mut original) = executions::get(c, original.id())? else { return Ok(false) };
        execution::mark_replayed(&mut original);
        executions::update(c, &original)
    });
    marking.await?;
    app.changes.announce();
    reply::json(&print::one(made, app.line()))
}

/// Refuses a task run that an execution does not have.
pub(super) fn check_task_run(execution: &Execution, id: &str) -> Result<(), Fault> {
    let runs = execution.0.get("taskRunList").and_then(Value::as_array);
    let is_there = runs.into_iter().flatten().any(|run| run["id"] == id);
    if is_there { Ok(()) } else { Err(nothing_to_restart()) }
}

pub(super) fn nothing_to_restart() -> Fault {
    Fault::Argument("No task found to restart execution from!".into())
}
