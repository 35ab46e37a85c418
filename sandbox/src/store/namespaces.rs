//! The namespaces that exist because something lives in them.

use rusqlite::{Connection, Row};

use super::Error;

/// The namespaces that hold a flow that is not deleted, sorted.
pub(crate) fn with_flows(connection: &Connection) -> Result<Vec<String>, Error> {
    let sql = "SELECT DISTINCT namespace FROM flows WHERE current AND NOT deleted ORDER BY namespace";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// How many flows and how many files each namespace has that has any: its name and both numbers.
pub(crate) fn counts(connection: &Connection) -> Result<Vec<(String, usize, usize)>, Error> {
    let sql = "SELECT namespace, sum(is_flow), count(*) - sum(is_flow) FROM (
            SELECT namespace, 1 AS is_flow FROM flows WHERE current AND NOT deleted
            UNION ALL SELECT namespace, 0 FROM namespace_files WHERE current AND content IS NOT NULL
        ) GROUP BY namespace";
    let mut statement = connection.prepare_cached(sql)?;
    let number = |row: &Row<'_>, column| row.get::<_, u32>(column).map(|number| number as usize);
    let counts = statement.query_map([], |row| Ok((row.get(0)?, number(row, 1)?, number(row, 2)?)))?;
    Ok(counts.collect::<rusqlite::Result<_>>()?)
}
