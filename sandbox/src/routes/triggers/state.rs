//! Changing the state of triggers: on and off, locks, and starting again.

use axum::http::StatusCode;
use rusqlite::Connection;
use schema::KestraLine;
use serde::Deserialize;
use serde_json::Value;

use super::{
    Trigger, backfill, find, find_all, keep,
    search::{filters, passing},
};
use crate::{
    call::Call,
    fault::Fault,
    reply::{self, Reply},
    store::{
        flows,
        triggers::{self, TriggerId},
    },
};

/// What a caller wants a trigger to be.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Update {
    #[serde(flatten)]
    id: TriggerId,
    #[serde(default)]
    disabled: bool,
    backfill: Option<Value>,
}

pub(super) async fn update(call: Call) -> Reply {
    let wanted: Update = call.json()?;
    let updated = call.app.store.write(move |c| {
        let mut trigger = declared(c, &wanted.id)?;
        match wanted.backfill.filter(|backfill| !backfill.is_null()) {
            Some(backfill) => {
                trigger.state.backfill = Some(backfill::begun(backfill)?);
                keep(c, &mut trigger)?;
            }
            None => switch(c, &mut trigger, wanted.disabled)?,
        }
        Ok::<_, Fault>(trigger)
    });
    reply::json(&updated.await?.json(call.line()))
}

/// A trigger that must exist, in the words of an update.
fn declared(connection: &Connection, id: &TriggerId) -> Result<Trigger, Fault> {
    let TriggerId { namespace, flow_id, trigger_id } = id;
    if flows::existing(connection, namespace, flow_id)?.is_none() {
        return Err(Fault::Missing(format!("Flow of trigger {trigger_id} not found")));
    }
    find(connection, id)?.ok_or_else(|| Fault::Missing(format!("Flow {flow_id} has no trigger {trigger_id}")))
}

/// Nothing changes, not even the date of the last change, when the trigger is so already.
fn switch(connection: &Connection, trigger: &mut Trigger, disabled: bool) -> Result<(), Fault> {
    if trigger.state.disabled == disabled {
        return Ok(());
    }
    trigger.state.disabled = disabled;
    trigger.state.next_execution_date = None;
    keep(connection, trigger)
}

#[derive(Deserialize)]
struct SetDisabled {
    triggers: Vec<TriggerId>,
    disabled: bool,
}

/// Kestra 1.3 counts the triggers and changes none: it looks for them without their tenant.
pub(super) async fn set_disabled_by_triggers(call: Call) -> Reply {
    let SetDisabled { triggers, disabled } = call.json()?;
    let count = triggers.len();
    if call.line() == KestraLine::V2_0 {
        let switched = call.app.store.write(move |c| {
            let mut found = find_all(c, &triggers)?;
            found.iter_mut().try_for_each(|trigger| switch(c, trigger, disabled))
        });
        switched.await?;
    }
    reply::bulk(count, call.line())
}

pub(super) async fn set_disabled_by_query(call: Call) -> Reply {
    let (filters, disabled) = (filters(&call)?, call.query.flag("disabled", true));
    let count = call.app.store.write(move |c| {
        let mut found = passing(c, &filters)?;
        found.iter_mut().try_for_each(|trigger| switch(c, trigger, disabled))?;
        Ok::<_, Fault>(found.len())
    });
    reply::bulk(count.await?, call.line())
}

/// The trigger of the path.
fn named(call: &Call) -> TriggerId {
    TriggerId {
        namespace: call.variable("namespace"),
        flow_id: call.variable("flowId"),
        trigger_id: call.variable("triggerId"),
    }
}

/// The trigger of the path, changed.
async fn change(
    call: &Call,
    change: impl FnOnce(&mut Trigger) -> Result<(), Fault> + Send + 'static,
) -> Result<Trigger, Fault> {
    let id = named(call);
    let changed = call.app.store.write(move |c| {
        let mut trigger = find(c, &id)?.ok_or(Fault::NotFound)?;
        change(&mut trigger)?;
        keep(c, &mut trigger)?;
        Ok::<_, Fault>(trigger)
    });
    changed.await
}

pub(super) async fn unlock(call: Call) -> Reply {
    let release = |trigger: &mut Trigger| match trigger.state.execution_id.take() {
        Some(_) => Ok(()),
        None => Err(Fault::State("Trigger is not locked".into())),
    };
    reply::json(&change(&call, release).await?.json(call.line()))
}

pub(super) async fn restart(call: Call) -> Reply {
    let reset = |trigger: &mut Trigger| {
        trigger.state.date = None;
        Ok(())
    };
    reply::json(&change(&call, reset).await?.json(call.line()))
}

pub(super) async fn unlock_by_triggers(call: Call) -> Reply {
    let ids: Vec<TriggerId> = call.json()?;
    let count = call.app.store.write(move |c| unlock_all(c, find_all(c, &ids)?)).await?;
    reply::bulk(count, call.line())
}

pub(super) async fn unlock_by_query(call: Call) -> Reply {
    let filters = filters(&call)?;
    let count = call.app.store.write(move |c| unlock_all(c, passing(c, &filters)?)).await?;
    reply::bulk(count, call.line())
}

/// Unlocks those that are locked, and counts them.
fn unlock_all(connection: &Connection, mut found: Vec<Trigger>) -> Result<usize, Fault> {
    found.retain_mut(|trigger| trigger.state.execution_id.take().is_some());
    found.iter_mut().try_for_each(|trigger| keep(connection, trigger))?;
    Ok(found.len())
}

/// Only the state goes: the flow still declares the trigger.
pub(super) async fn delete(call: Call) -> Reply {
    let id = named(&call);
    let deleted = call.app.store.write(move |c| {
        find(c, &id)?.ok_or(Fault::NotFound)?;
        Ok::<_, Fault>(triggers::delete(c, &id)?)
    });
    deleted.await?;
    reply::empty(StatusCode::NO_CONTENT)
}

pub(super) async fn delete_by_triggers(call: Call) -> Reply {
    let ids: Vec<TriggerId> = call.json()?;
    let count = call.app.store.write(move |c| delete_all(c, &find_all(c, &ids)?)).await?;
    reply::bulk(count, call.line())
}

pub(super) async fn delete_by_query(call: Call) -> Reply {
    let filters = filters(&call)?;
    let count = call.app.store.write(move |c| delete_all(c, &passing(c, &filters)?)).await?;
    reply::bulk(count, call.line())
}

fn delete_all(connection: &Connection, found: &[Trigger]) -> Result<usize, Fault> {
    for trigger in found {
        triggers::delete(connection, &trigger.id)?;
    }
    Ok(found.len())
}
