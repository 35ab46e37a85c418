//! One execution by id.

use axum::http::StatusCode;

use super::{existing, print};
use crate::{
    call::Call,
    fault::Fault,
    reply::{self, Reply},
    store::{executions, logs},
};

pub(super) async fn get(call: Call) -> Reply {
    reply::json(&print::one(existing(&call).await?, call.line()))
}

/// Its log goes too, unless the caller wants to keep it.
pub(super) async fn delete(call: Call) -> Reply {
    let (id, with_logs) = (call.variable("executionId"), call.query.flag("deleteLogs", true));
    let deleted = call.app.store.write(move |c| {
        if with_logs {
            logs::delete(c, &id, |_| true)?;
        }
        executions::delete(c, &id)
    });
    if !deleted.await? {
        return Err(Fault::NotFound);
    }
    call.app.changes.announce();
    reply::empty(StatusCode::NO_CONTENT)
}
