//! The history of a flow.

use axum::http::StatusCode;

use super::{View, json};
use crate::{
    call::Call,
    fault::Fault,
    reply::{self, Reply},
    store::flows,
};

pub(super) async fn list(call: Call) -> Reply {
    let (namespace, id) = (call.variable("namespace"), call.variable("id"));
    let deleted_too = call.query.flag("allowDelete", false);
    let found = call.app.store.read(move |c| flows::revisions(c, &namespace, &id)).await?;
    let wanted = found.into_iter().filter(|flow| deleted_too || !flow.deleted);
    reply::json(&wanted.map(|flow| json(flow, View::ReadWithSource, call.line())).collect::<Vec<_>>())
}

pub(super) async fn delete(call: Call) -> Reply {
    let (namespace, id) = (call.variable("namespace"), call.variable("id"));
    call.query.required("revisions")?;
    let numbers = call.query.all("revisions").flat_map(|list| list.split(','));
    let numbers = numbers.map(|number| number.trim().parse().map_err(|_| unreadable(number)));
    let numbers: Vec<i64> = numbers.collect::<Result<_, _>>()?;
    if call.app.store.write(move |c| flows::delete_revisions(c, &namespace, &id, &numbers)).await? {
        reply::empty(StatusCode::NO_CONTENT)
    } else {
        Err(Fault::NotFound)
    }
}

fn unreadable(number: &str) -> Fault {
    Fault::Conversion(format!(
        "Failed to convert argument [revisions] for value [{number}] due to: For input string: \"{number}\""
    ))
}
