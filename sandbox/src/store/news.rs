//! What has come since somebody looked: for an engine, which is told everything once.

use rusqlite::{Connection, Row};

use super::{
    Error,
    executions::{self, Execution},
    flows::{self, Flow},
};

/// What is new of flows and executions, and where every KV entry and namespace file stands.
pub(crate) struct News {
    /// Revisions in the order they were stored, with their numbers in it.
    pub(crate) flows: Vec<(i64, Flow)>,
    pub(crate) entries: Vec<Version>,
    pub(crate) files: Vec<Version>,
    /// Executions in state `CREATED`, new or not, in the order of their creation.
    pub(crate) executions: Vec<Execution>,
}

/// How often something has been written.
pub(crate) struct Version {
    pub(crate) namespace: String,
    /// The key of an entry, the path of a file.
    pub(crate) name: String,
    pub(crate) number: i64,
    pub(crate) is_there: bool,
}

/// What has come since this number of a flow; 0 is before the first, and then only flows that are there count.
pub(crate) fn since(connection: &Connection, flow: i64) -> Result<News, Error> {
    let entries = "SELECT namespace, key AS name, version AS number, NOT deleted AS is_there FROM kv";
    let files = "SELECT namespace, path AS name, revision AS number, 1 AS is_there FROM namespace_files
        WHERE current AND content IS NOT NULL";
    Ok(News {
        flows: flows::since(connection, flow)?,
        entries: versions(connection, entries)?,
        files: versions(connection, files)?,
        executions: executions::created(connection)?,
    })
}

fn versions(connection: &Connection, sql: &str) -> Result<Vec<Version>, Error> {
    let version = |row: &Row<'_>| {
        let (namespace, name) = (row.get("namespace")?, row.get("name")?);
        Ok(Version { namespace, name, number: row.get("number")?, is_there: row.get("is_there")? })
    };
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_map([], version)?.collect::<rusqlite::Result<_>>()?)
}
