//! Labels of executions that have ended.

use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::json;

use super::{existing, print};
use crate::{
    call::Call,
    execution::labels::{self, Label},
    fault::Fault,
    reply::{self, Reply},
    store::executions::{self, Execution},
};

pub(super) async fn set(call: Call) -> Reply {
    let given: Vec<Label> = call.json()?;
    if !existing(&call).await?.is_terminated() {
        return not_terminated();
    }
    let id = call.variable("executionId");
    let labelled = call.app.store.write(move |c| {
        let execution = executions::get(c, &id)?.ok_or(Fault::NotFound)?;
        store(c, execution, given)
    });
    let labelled = labelled.await?;
    call.app.changes.announce();
    reply::json(&print::one(labelled, call.line()))
}

/// Kestra answers this one with bare text.
fn not_terminated() -> Reply {
    let mut response = reply::bytes("application/json", "The execution is not terminated");
    *response.status_mut() = StatusCode::BAD_REQUEST;
    Ok(response)
}

/// Stores an execution with other labels.
pub(super) fn store(
    connection: &Connection,
    mut execution: Execution,
    given: Vec<Label>,
) -> Result<Execution, Fault> {
    let labels = labels::set(&labels::of(&execution.0), given)?;
    execution.0.insert("labels".into(), json!(labels));
    executions::update(connection, &execution)?;
    Ok(execution)
}
