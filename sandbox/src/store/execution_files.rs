//! Files that executions were started with.

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

/// A file's content.
pub(crate) fn get(connection: &Connection, uri: &str) -> Result<Option<Vec<u8>>, Error> {
    let mut statement = connection.prepare_cached("SELECT content FROM execution_files WHERE uri = ?1")?;
    Ok(statement.query_row([uri], |row| row.get(0)).optional()?)
}
