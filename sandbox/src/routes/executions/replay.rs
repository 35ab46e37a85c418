//! New executions from old ones.

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::Value;

use super::{create::breakpoints, existing, of_revision, parts, print};
use crate::{
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

pub(super) async fn replay(call: Call) -> Reply {
    let original = existing(&call).await?;
    let revision = call.query.number("revision")?;
    if revision.is_some() {
        flow(&call, &original, revision).await?;
    }
    from_start(&call, &original)?;
    let breakpoints = call.query.one("breakpoints").map(breakpoints);
    let replayed = call.app.store.write(move |c| {
        let mut copy = copy(c, original, revision)?;
        copy.0.extend(breakpoints.map(|breakpoints| ("breakpoints".into(), breakpoints)));
        execution::accept(c, &copy)?;
        Ok::<_, Fault>(copy)
    });
    let replayed = replayed.await?;
    call.app.changes.announce();
    reply::json(&print::one(replayed, call.line()))
}

/// The same with other values for the inputs.
pub(super) async fn with_inputs(call: Call) -> Reply {
    let original = existing(&call).await?;
    let revision = call.query.number("revision")?;
    let flow = flow(&call, &original, revision.or(original.revision())).await?;
    from_start(&call, &original)?;
    let (app, id) = (call.app.clone(), execution::new_id());
    let sent = inputs::sent(parts(call).await?, &flow, &id);
    let values = inputs::values(&flow, &sent.texts)?;
    let replayed = app.store.write(move |c| {
        let mut copy = copy_as(c, original, revision, &id)?;
        copy.0.extend(values.map(|values| ("inputs".into(), values.into())));
        for (uri, content) in &sent.files {
            execution_files::put(c, uri, &id, content)?;
        }
        execution::accept(c, &copy)?;
        Ok::<_, Fault>(copy)
    });
    let replayed = replayed.await?;
    app.changes.announce();
    reply::json(&print::one(replayed, app.line()))
}

/// Replays an execution of a flow's own or newest revision.
pub(super) fn again(
    connection: &Connection,
    original: Execution,
    revision: Option<i64>,
) -> Result<(), Fault> {
    let copy = copy(connection, original, revision)?;
    Ok(execution::accept(connection, &copy)?)
}

fn copy(connection: &Connection, original: Execution, revision: Option<i64>) -> Result<Execution, Fault> {
    copy_as(connection, original, revision, &execution::new_id())
}

fn copy_as(
    connection: &Connection,
    mut original: Execution,
    revision: Option<i64>,
    id: &str,
) -> Result<Execution, Fault> {
    let copy = execution::replay(&mut original, id, revision, Timestamp::now());
    executions::update(connection, &original)?;
    Ok(copy)
}

/// The flow of an execution in a revision that must exist.
pub(super) async fn flow(call: &Call, execution: &Execution, revision: Option<i64>) -> Result<Flow, Fault> {
    let (namespace, id) = (execution.namespace().to_owned(), execution.flow_id().to_owned());
    let number = revision.unwrap_or_default();
    let missing = Fault::Missing(format!("Unable to find revision {number} on flow {namespace}.{id}"));
    of_revision(&call.app, namespace, id, revision).await?.ok_or(missing)
}

/// Starting in the middle takes an engine, and a task run to start from.
fn from_start(call: &Call, execution: &Execution) -> Result<(), Fault> {
    match call.query.one("taskRunId") {
        None => Ok(()),
        Some(id) if has_task_run(execution, id) => Err(Fault::NoEngine("replay a part of")),
        Some(_) => Err(Fault::Argument("No task found to restart execution from!".into())),
    }
}

/// Whether an execution has a task run.
pub(super) fn has_task_run(execution: &Execution, id: &str) -> bool {
    let runs = execution.0.get("taskRunList").and_then(Value::as_array);
    runs.into_iter().flatten().any(|run| run["id"] == id)
}
