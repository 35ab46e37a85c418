//! Triggers: declared by flows, with a state beside them. No engine evaluates them here, so none has a next moment.

mod backfill;
mod search;
mod state;

use axum::http::Method;
use jiff::{Timestamp, Unit};
use rusqlite::Connection;
use schema::KestraLine;
use serde_json::{Map, Value, json};

use crate::{
    fault::Fault,
    router::{Route, route},
    store::{
        flows::{self, Flow},
        triggers::{self, TriggerId, TriggerState},
    },
};

pub(super) fn routes() -> Vec<Route> {
    let trigger = "/triggers/{namespace}/{flowId}/{triggerId}";
    let of = |last: &str| format!("{trigger}/{last}");
    let mut routes = vec![
        route(Method::GET, "/triggers/search", search::search),
        route(Method::GET, "/triggers/export/by-query/csv", search::export_by_query).producing("text/csv"),
        route(Method::GET, "/triggers/{namespace}/{flowId}", search::of_flow),
        route(Method::PUT, "/triggers", state::update).only(KestraLine::V1_3),
        route(Method::PUT, "/triggers/set-disabled", state::update).only(KestraLine::V2_0),
        route(Method::PUT, "/triggers/backfill/create", state::update).only(KestraLine::V2_0),
        route(Method::DELETE, trigger, state::delete),
        route(Method::POST, &of("unlock"), state::unlock),
        route(Method::POST, &of("restart"), state::restart),
        route(Method::POST, "/triggers/unlock/by-triggers", state::unlock_by_triggers),
        route(Method::POST, "/triggers/unlock/by-query", state::unlock_by_query),
        route(Method::POST, "/triggers/set-disabled/by-triggers", state::set_disabled_by_triggers),
        route(Method::POST, "/triggers/set-disabled/by-query", state::set_disabled_by_query),
        route(Method::DELETE, "/triggers/delete/by-triggers", state::delete_by_triggers),
        route(Method::DELETE, "/triggers/delete/by-query", state::delete_by_query),
    ];
    routes.extend(backfill::routes());
    routes
}

/// Types that wait for calls and for other flows: nothing evaluates them, so they have no state.
const STATELESS: [&str; 4] = [
    "io.kestra.plugin.core.trigger.Webhook",
    "io.kestra.plugin.core.trigger.Flow",
    "io.kestra.core.models.triggers.types.Webhook",
    "io.kestra.core.models.triggers.types.Flow",
];

/// A trigger with its declaration and its state.
#[derive(Clone, Debug)]
struct Trigger {
    id: TriggerId,
    declaration: Value,
    state: TriggerState,
}

impl Trigger {
    /// The state as a line prints it.
    fn json(&self, line: KestraLine) -> Value {
        let mut printed = Map::new();
        printed.insert("tenantId".into(), "main".into());
        for part in [json!(self.id), json!(self.state)] {
            let properties = part.as_object().cloned().unwrap_or_default();
            printed.extend(properties.into_iter().map(|(name, value)| (property(name, line), value)));
        }
        if line == KestraLine::V2_0 {
            printed.insert("locked".into(), self.state.execution_id.is_some().into());
        }
        printed.into()
    }
}

/// What 1.3 and 2.0 call the moments of a trigger.
const RENAMED: [(&str, &str); 3] =
    [("date", "evaluatedAt"), ("nextExecutionDate", "nextEvaluationDate"), ("updatedDate", "updatedAt")];

fn property(name: String, line: KestraLine) -> String {
    let renamed = RENAMED.iter().find(|(former, _)| line == KestraLine::V2_0 && *former == name);
    renamed.map_or(name, |(_, name)| (*name).into())
}

/// The triggers of a flow that have a state.
fn of_flow(connection: &Connection, flow: &Flow) -> Result<Vec<Trigger>, Fault> {
    let declared = flow.body.get("triggers").and_then(Value::as_array);
    let declared =
        declared.into_iter().flatten().filter(|one| !STATELESS.iter().any(|kind| one["type"] == *kind));
    declared.map(|declaration| with_state(connection, flow, declaration)).collect()
}

fn with_state(connection: &Connection, flow: &Flow, declaration: &Value) -> Result<Trigger, Fault> {
    let id = TriggerId {
        namespace: flow.namespace.clone(),
        flow_id: flow.id.clone(),
        trigger_id: declaration["id"].as_str().unwrap_or_default().into(),
    };
    let state = triggers::get(connection, &id)?.unwrap_or_else(|| TriggerState {
        date: flow.updated.as_deref().and_then(to_the_second),
        ..TriggerState::default()
    });
    Ok(Trigger { id, declaration: declaration.clone(), state })
}

/// Kestra evaluates a new trigger at once, to the second.
fn to_the_second(moment: &str) -> Option<String> {
    let moment: Timestamp = moment.parse().ok()?;
    Some(moment.round(Unit::Second).ok()?.to_string())
}

/// All triggers with a state, by namespace, flow and place in the flow.
fn all(connection: &Connection) -> Result<Vec<Trigger>, Fault> {
    let mut found = Vec::new();
    for flow in flows::list(connection, None)? {
        found.append(&mut of_flow(connection, &flow)?);
    }
    Ok(found)
}

/// One trigger of a flow that exists.
fn find(connection: &Connection, id: &TriggerId) -> Result<Option<Trigger>, Fault> {
    let Some(flow) = flows::existing(connection, &id.namespace, &id.flow_id)? else { return Ok(None) };
    Ok(of_flow(connection, &flow)?.into_iter().find(|trigger| trigger.id == *id))
}

/// Those of some triggers that there are.
fn find_all(connection: &Connection, ids: &[TriggerId]) -> Result<Vec<Trigger>, Fault> {
    let found = ids.iter().map(|id| find(connection, id)).filter_map(Result::transpose);
    found.collect()
}

/// Keeps a changed state.
fn keep(connection: &Connection, trigger: &mut Trigger) -> Result<(), Fault> {
    trigger.state.updated_date = Some(Timestamp::now().to_string());
    Ok(triggers::put(connection, &trigger.id, &trigger.state)?)
}
