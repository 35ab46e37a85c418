//! The namespaces that exist because something lives in them.

use rusqlite::Connection;

use super::Error;

/// The namespaces that hold a flow that is not deleted, sorted.
pub(crate) fn with_flows(connection: &Connection) -> Result<Vec<String>, Error> {
    let sql = "SELECT DISTINCT namespace FROM flows WHERE current AND NOT deleted ORDER BY namespace";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}
