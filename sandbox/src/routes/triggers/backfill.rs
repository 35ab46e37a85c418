//! Backfills: times in the past that a schedule is to catch up with. They are kept; only an engine works them off.

use axum::http::Method;
use jiff::{Timestamp, Zoned};
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    Trigger, find, find_all, keep,
    search::{filters, passing},
};
use crate::{
    call::Call,
    depth,
    fault::Fault,
    reply::{self, Reply},
    router::{Route, route},
    store::triggers::{TriggerId, TriggerState},
};

/// What is done to a backfill.
type Edit = fn(&mut TriggerState);

const EDITS: [(&str, Method, Edit); 3] = [
    ("pause", Method::PUT, |state| set_paused(state, true)),
    ("unpause", Method::PUT, |state| set_paused(state, false)),
    ("delete", Method::POST, |state| state.backfill = None),
];

pub(super) fn routes() -> Vec<Route> {
    let routes = EDITS.into_iter().map(|(name, method, edit)| {
        let of = |last: &str| format!("/triggers/backfill/{name}{last}");
        [
            route(method, &of(""), move |call| one(call, edit)),
            route(Method::POST, &of("/by-triggers"), move |call| by_triggers(call, edit)),
            route(Method::POST, &of("/by-query"), move |call| by_query(call, edit)),
        ]
    });
    routes.flatten().collect()
}

/// A new backfill as Kestra keeps it: it stands at its start, and ends now when no end is given.
pub(super) fn begun(given: Value) -> Result<Value, Fault> {
    depth::check(&given)?;
    let moment =
        |name: &str| given.get(name).filter(|value| !value.is_null()).map(|value| instant(name, value));
    let start = moment("start").ok_or_else(|| Fault::BadRequest("a backfill needs a start".into()))??;
    let end = moment("end").unwrap_or_else(|| Ok(Timestamp::now().to_string()))?;
    let mut backfill = json!({"start": start, "end": end, "currentDate": start, "paused": false});
    for name in ["inputs", "labels"] {
        if let Some(value) = given.get(name).filter(|value| !value.is_null()) {
            backfill[name] = value.clone();
        }
    }
    Ok(backfill)
}

/// A moment with or without the name of a timezone, as it was written.
fn instant(name: &str, value: &Value) -> Result<String, Fault> {
    let text = value.as_str().unwrap_or_default();
    let is_moment = text.parse::<Timestamp>().is_ok() || text.parse::<Zoned>().is_ok();
    let refused = || Fault::BadRequest(format!("the {name} of a backfill is no moment: {value}"));
    is_moment.then(|| text.to_owned()).ok_or_else(refused)
}

fn set_paused(state: &mut TriggerState, paused: bool) {
    if let Some(backfill) = &mut state.backfill {
        backfill["paused"] = paused.into();
    }
}

async fn one(call: Call, edit: Edit) -> Reply {
    let id: TriggerId = call.json()?;
    let edited = call.app.store.write(move |c| {
        let mut trigger = find(c, &id)?.ok_or(Fault::NotFound)?;
        if trigger.state.backfill.is_none() {
            return Err(Fault::BadRequest("No backfill found".into()));
        }
        edit(&mut trigger.state);
        keep(c, &mut trigger)?;
        Ok(trigger)
    });
    reply::json(&edited.await?.json(call.line()))
}

async fn by_triggers(call: Call, edit: Edit) -> Reply {
    let ids: Vec<TriggerId> = call.json()?;
    let count = call.app.store.write(move |c| edit_all(c, find_all(c, &ids)?, edit)).await?;
    reply::bulk(count, call.line())
}

async fn by_query(call: Call, edit: Edit) -> Reply {
    let filters = filters(&call)?;
    let count = call.app.store.write(move |c| edit_all(c, passing(c, &filters)?, edit)).await?;
    reply::bulk(count, call.line())
}

/// Triggers without a backfill are passed over.
fn edit_all(connection: &Connection, mut found: Vec<Trigger>, edit: Edit) -> Result<usize, Fault> {
    found.retain(|trigger| trigger.state.backfill.is_some());
    for trigger in &mut found {
        edit(&mut trigger.state);
        keep(connection, trigger)?;
    }
    Ok(found.len())
}
