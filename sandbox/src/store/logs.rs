//! Log lines as Kestra prints them, in the order they were written.

use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use super::Error;

/// How grave a line is, the gravest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Level {
    Trace,
    Debug,
    Info,
    Warn,
    Error,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LogEntry {
    pub(crate) namespace: String,
    pub(crate) flow_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) task_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) execution_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) task_run_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) attempt_number: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trigger_id: Option<String>,
    /// An ISO-8601 instant.
    pub(crate) timestamp: String,
    pub(crate) level: Level,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) thread: Option<String>,
    pub(crate) message: String,
}

/// Writes a line behind all others.
pub(crate) fn append(connection: &Connection, entry: &LogEntry) -> Result<(), Error> {
    let sql = "INSERT INTO logs (namespace, flow_id, execution_id, body) VALUES (?1, ?2, ?3, ?4)";
    let row = params![entry.namespace, entry.flow_id, entry.execution_id, serde_json::to_string(entry)?];
    connection.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

/// The lines of an execution behind line `after`, with their numbers; 0 stands before the first.
pub(crate) fn of_execution(
    connection: &Connection,
    execution_id: &str,
    after: i64,
) -> Result<Vec<(i64, LogEntry)>, Error> {
    let sql = "SELECT number, body FROM logs WHERE execution_id = ?1 AND number > ?2 ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let rows =
        statement.query_map(params![execution_id, after], |row| Ok((row.get("number")?, entry(row)?)))?;
    rows.map(|row| row.map_err(Error::from).and_then(|(number, entry)| Ok((number, entry?)))).collect()
}

/// The lines that pass, the oldest first.
pub(crate) fn search(
    connection: &Connection,
    passes: impl Fn(&LogEntry) -> bool,
) -> Result<Vec<LogEntry>, Error> {
    let mut statement = connection.prepare_cached("SELECT body FROM logs ORDER BY number")?;
    let mut found = Vec::new();
    for row in statement.query_map([], entry)? {
        found.push(row??);
        found.pop_if(|entry| !passes(entry));
    }
    Ok(found)
}

/// Forgets the lines of an execution that pass.
pub(crate) fn delete(
    connection: &Connection,
    execution_id: &str,
    passes: impl Fn(&LogEntry) -> bool,
) -> Result<(), Error> {
    let mut statement = connection.prepare_cached("DELETE FROM logs WHERE number = ?1")?;
    for (number, entry) in of_execution(connection, execution_id, 0)? {
        if passes(&entry) {
            statement.execute([number])?;
        }
    }
    Ok(())
}

/// Forgets the lines that a trigger of a flow wrote.
pub(crate) fn delete_of_trigger(
    connection: &Connection,
    namespace: &str,
    flow_id: &str,
    trigger_id: &str,
) -> Result<(), Error> {
    let sql = "DELETE FROM logs
        WHERE namespace = ?1 AND flow_id = ?2 AND json_extract(body, '$.triggerId') = ?3";
    connection.prepare_cached(sql)?.execute([namespace, flow_id, trigger_id])?;
    Ok(())
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Result<LogEntry, Error>> {
    let body: String = row.get("body")?;
    Ok(serde_json::from_str(&body).map_err(Error::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(execution: &str, level: Level, message: &str) -> LogEntry {
        LogEntry {
            namespace: "a.b".into(),
            flow_id: "f".into(),
            task_id: None,
            execution_id: Some(execution.into()),
            task_run_id: None,
            attempt_number: None,
            trigger_id: (execution == "t").then(|| "s".into()),
            timestamp: "2026-01-01T00:00:00Z".into(),
            level,
            thread: None,
            message: message.into(),
        }
    }

    fn messages(db: &Connection) -> String {
        let found = search(db, |_| true).unwrap();
        found.iter().map(|entry| entry.message.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn lines_are_found_by_execution_and_deleted_by_what_they_are() {
        let mut db = Connection::open_in_memory().unwrap();
        super::super::migrations::apply(&mut db).unwrap();
        for (execution, level, message) in [
            ("x", Level::Info, "one"),
            ("y", Level::Warn, "two"),
            ("x", Level::Error, "three"),
            ("t", Level::Info, "four"),
        ] {
            append(&db, &line(execution, level, message)).unwrap();
        }
        let found = of_execution(&db, "x", 0).unwrap();
        assert_eq!(found[1], (3, line("x", Level::Error, "three")));
        assert_eq!(of_execution(&db, "x", 1).unwrap().len(), 1);
        delete(&db, "x", |entry| entry.level >= Level::Warn).unwrap();
        delete_of_trigger(&db, "a.b", "f", "s").unwrap();
        assert_eq!(messages(&db), "one two");
    }
}
