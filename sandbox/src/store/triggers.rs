//! What was said about triggers beside their flows: that they are off, or have times to catch up with.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Error;

/// Which trigger of which flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TriggerId {
    pub(crate) namespace: String,
    pub(crate) flow_id: String,
    pub(crate) trigger_id: String,
}

/// The state of a trigger; the default is that of one nobody touched.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct TriggerState {
    pub(crate) disabled: bool,
    /// The times to catch up with, as Kestra prints them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) backfill: Option<Value>,
    /// The execution that locks the trigger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) execution_id: Option<String>,
    /// The moment of the last evaluation; absent when it was reset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date: Option<String>,
    /// The moment of the next evaluation, which only an engine knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next_execution_date: Option<String>,
    /// The moment of the last change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) updated_date: Option<String>,
}

/// The state that is kept of a trigger.
pub(crate) fn get(connection: &Connection, id: &TriggerId) -> Result<Option<TriggerState>, Error> {
    let sql = "SELECT body FROM triggers WHERE namespace = ?1 AND flow_id = ?2 AND trigger_id = ?3";
    let key = [&id.namespace, &id.flow_id, &id.trigger_id];
    let body: Option<String> = connection.prepare_cached(sql)?.query_row(key, |row| row.get(0)).optional()?;
    Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
}

/// Keeps the state of a trigger.
pub(crate) fn put(connection: &Connection, id: &TriggerId, state: &TriggerState) -> Result<(), Error> {
    let sql =
        "INSERT OR REPLACE INTO triggers (namespace, flow_id, trigger_id, body) VALUES (?1, ?2, ?3, ?4)";
    let row = params![id.namespace, id.flow_id, id.trigger_id, serde_json::to_string(state)?];
    connection.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

/// Forgets the state of a trigger, which then is as its flow declares it.
pub(crate) fn delete(connection: &Connection, id: &TriggerId) -> Result<(), Error> {
    let sql = "DELETE FROM triggers WHERE namespace = ?1 AND flow_id = ?2 AND trigger_id = ?3";
    connection.prepare_cached(sql)?.execute([&id.namespace, &id.flow_id, &id.trigger_id])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_kept_until_it_is_forgotten() {
        let mut db = Connection::open_in_memory().unwrap();
        super::super::migrations::apply(&mut db).unwrap();
        let id = TriggerId { namespace: "a.b".into(), flow_id: "f".into(), trigger_id: "s".into() };
        let off = TriggerState { disabled: true, ..TriggerState::default() };
        put(&db, &id, &TriggerState::default()).unwrap();
        put(&db, &id, &off).unwrap();
        assert_eq!(get(&db, &id).unwrap(), Some(off));
        delete(&db, &id).unwrap();
        assert_eq!(get(&db, &id).unwrap(), None);
    }
}
