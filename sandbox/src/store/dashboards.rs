//! Dashboards: the text of each and what it says.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Map, Value};

use super::Error;

/// A dashboard.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Dashboard {
    pub(crate) id: String,
    /// The moments of the first and of the last write.
    pub(crate) created: String,
    pub(crate) updated: String,
    pub(crate) source: String,
    /// Every property of the text.
    pub(crate) body: Map<String, Value>,
}

/// Every dashboard, by id.
pub(crate) fn list(connection: &Connection) -> Result<Vec<Dashboard>, Error> {
    let sql = "SELECT id, created, updated, source, body FROM dashboards ORDER BY id";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], dashboard)?;
    rows.map(|row| row?).collect()
}

pub(crate) fn get(connection: &Connection, id: &str) -> Result<Option<Dashboard>, Error> {
    let sql = "SELECT id, created, updated, source, body FROM dashboards WHERE id = ?1";
    connection.prepare_cached(sql)?.query_row([id], dashboard).optional()?.transpose()
}

/// Creates or replaces a dashboard.
pub(crate) fn put(connection: &Connection, wanted: &Dashboard) -> Result<(), Error> {
    let sql =
        "INSERT OR REPLACE INTO dashboards (id, created, updated, source, body) VALUES (?1, ?2, ?3, ?4, ?5)";
    let body = serde_json::to_string(&wanted.body)?;
    let row = params![wanted.id, wanted.created, wanted.updated, wanted.source, body];
    connection.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

/// Removes a dashboard; false when there was none.
pub(crate) fn delete(connection: &Connection, id: &str) -> Result<bool, Error> {
    Ok(connection.execute("DELETE FROM dashboards WHERE id = ?1", [id])? > 0)
}

fn dashboard(row: &Row<'_>) -> rusqlite::Result<Result<Dashboard, Error>> {
    let (id, created, updated) = (row.get("id")?, row.get("created")?, row.get("updated")?);
    let (source, body): (String, String) = (row.get("source")?, row.get("body")?);
    let body = serde_json::from_str(&body).map_err(Error::from);
    Ok(body.map(|body| Dashboard { id, created, updated, source, body }))
}
