//! Namespaces: implicit ones exist because something lives in them, Enterprise ones are objects of their own.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use super::Error;

/// The namespaces that hold a flow that is not deleted, sorted.
pub(crate) fn with_flows(connection: &Connection) -> Result<Vec<String>, Error> {
    let sql = "SELECT DISTINCT namespace FROM flows WHERE current AND NOT deleted ORDER BY namespace";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// The ids of the namespace objects, sorted.
pub(crate) fn ids(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut statement = connection.prepare_cached("SELECT id FROM namespaces ORDER BY id")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// A namespace object as it was given.
pub(crate) fn get(connection: &Connection, id: &str) -> Result<Option<Value>, Error> {
    let mut statement = connection.prepare_cached("SELECT body FROM namespaces WHERE id = ?1")?;
    let body: Option<String> = statement.query_row([id], |row| row.get(0)).optional()?;
    Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
}

/// Creates or replaces a namespace object.
pub(crate) fn put(connection: &Connection, id: &str, body: &Value) -> Result<(), Error> {
    let sql = "INSERT INTO namespaces (id, body) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET body = excluded.body";
    connection.prepare_cached(sql)?.execute(params![id, body.to_string()])?;
    Ok(())
}

/// Removes a namespace object; false when there was none.
pub(crate) fn delete(connection: &Connection, id: &str) -> Result<bool, Error> {
    Ok(connection.execute("DELETE FROM namespaces WHERE id = ?1", [id])? > 0)
}
