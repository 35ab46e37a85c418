//! Files that executions were started with, and those they have made.

use rusqlite::{Connection, OptionalExtension, params};

use super::Error;

/// Keeps a file of an execution under its address.
pub(crate) fn put(
    connection: &Connection,
    uri: &str,
    execution_id: &str,
    content: &[u8],
) -> Result<(), Error> {
    let sql = "INSERT OR REPLACE INTO execution_files (uri, execution_id, content) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute(params![uri, execution_id, content])?;
    Ok(())
}

/// The files of an execution: address and content.
pub(crate) fn of(connection: &Connection, execution_id: &str) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let sql = "SELECT uri, content FROM execution_files WHERE execution_id = ?1 ORDER BY uri";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([execution_id], |row| Ok((row.get("uri")?, row.get("content")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A file's content.
pub(crate) fn get(connection: &Connection, uri: &str) -> Result<Option<Vec<u8>>, Error> {
    let mut statement = connection.prepare_cached("SELECT content FROM execution_files WHERE uri = ?1")?;
    Ok(statement.query_row([uri], |row| row.get(0)).optional()?)
}
