//! The database's layout, one step per change; `PRAGMA user_version` counts the steps a file has seen.

use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use super::Error;

/// A step is never edited once released: files that have seen it would differ from those that have not.
const STEPS: &[&str] = &[
    "
    CREATE TABLE settings (
        name  TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- A row per revision. `current` marks the revision that counts, deleted or not.
    CREATE TABLE flows (
        namespace TEXT NOT NULL,
        id        TEXT NOT NULL,
        revision  INTEGER NOT NULL,
        current   INTEGER NOT NULL,
        deleted   INTEGER NOT NULL,
        updated   TEXT,
        source    TEXT NOT NULL,
        body      TEXT NOT NULL,
        PRIMARY KEY (namespace, id, revision)
    ) STRICT;
    CREATE INDEX flows_current ON flows (namespace, id) WHERE current;

    -- A deleted key stays, because its version goes on counting when it comes back.
    CREATE TABLE kv (
        namespace   TEXT NOT NULL,
        key         TEXT NOT NULL,
        version     INTEGER NOT NULL,
        deleted     INTEGER NOT NULL,
        type        TEXT NOT NULL,
        value       TEXT NOT NULL,
        description TEXT,
        updated     TEXT NOT NULL,
        expires     TEXT,
        PRIMARY KEY (namespace, key)
    ) STRICT, WITHOUT ROWID;

    -- A row per revision of a file; a directory has one row and no content. Times are epoch milliseconds.
    CREATE TABLE namespace_files (
        namespace TEXT NOT NULL,
        path      TEXT NOT NULL,
        revision  INTEGER NOT NULL,
        current   INTEGER NOT NULL,
        created   INTEGER NOT NULL,
        modified  INTEGER NOT NULL,
        content   BLOB,
        PRIMARY KEY (namespace, path, revision)
    ) STRICT;
    CREATE INDEX namespace_files_current ON namespace_files (namespace, path) WHERE current;

    CREATE TABLE namespaces (
        id   TEXT NOT NULL PRIMARY KEY,
        body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
",
    "
    -- `number` is the order of creation. `body` is the execution as Kestra prints it; the other columns repeat parts of it.
    CREATE TABLE executions (
        number    INTEGER NOT NULL PRIMARY KEY,
        id        TEXT NOT NULL UNIQUE,
        namespace TEXT NOT NULL,
        flow_id   TEXT NOT NULL,
        revision  INTEGER,
        state     TEXT NOT NULL,
        body      TEXT NOT NULL
    ) STRICT;
    CREATE INDEX executions_of_flow ON executions (namespace, flow_id, number);

    -- Files that an execution was started with, by their `kestra:///` addresses.
    CREATE TABLE execution_files (
        uri          TEXT NOT NULL PRIMARY KEY,
        execution_id TEXT NOT NULL,
        content      BLOB NOT NULL
    ) STRICT;
    CREATE INDEX execution_files_of_execution ON execution_files (execution_id);

    -- Lines in the order they were written; `body` is the line as Kestra prints it.
    CREATE TABLE logs (
        number       INTEGER NOT NULL PRIMARY KEY,
        namespace    TEXT NOT NULL,
        flow_id      TEXT NOT NULL,
        execution_id TEXT,
        body         TEXT NOT NULL
    ) STRICT;
    CREATE INDEX logs_of_execution ON logs (execution_id, number);
    CREATE INDEX logs_of_flow ON logs (namespace, flow_id);

    -- What was said about triggers beside their flows: a trigger without a row is as its flow declares it.
    CREATE TABLE triggers (
        namespace  TEXT NOT NULL,
        flow_id    TEXT NOT NULL,
        trigger_id TEXT NOT NULL,
        body       TEXT NOT NULL,
        PRIMARY KEY (namespace, flow_id, trigger_id)
    ) STRICT, WITHOUT ROWID;
",
    "
    CREATE TABLE dashboards (
        id      TEXT NOT NULL PRIMARY KEY,
        created TEXT NOT NULL,
        updated TEXT NOT NULL,
        source  TEXT NOT NULL,
        body    TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
",
    "
    -- Tells a sandbox's files from those of other programs: `flow` in ASCII.
    PRAGMA application_id = 0x666C6F77;

    -- Objects that are written and read whole, by kind and id.
    CREATE TABLE documents (
        kind TEXT NOT NULL,
        id   TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (kind, id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO documents (kind, id, body) SELECT 'namespace', id, body FROM namespaces;
    DROP TABLE namespaces;

    -- One revision counts; now the file itself says so.
    DROP INDEX flows_current;
    CREATE UNIQUE INDEX flows_current ON flows (namespace, id) WHERE current;
    DROP INDEX namespace_files_current;
    CREATE UNIQUE INDEX namespace_files_current ON namespace_files (namespace, path) WHERE current;
",
    "
    -- What an engine has not taken up yet. Its order alone cannot tell: the number of an execution that is deleted is given
    -- to the next one.
    CREATE INDEX executions_created ON executions (number) WHERE state = 'CREATED';
",
];

/// The mark in the header of a sandbox's files: `flow` in ASCII.
const APPLICATION: i64 = 0x666C_6F77;
/// The last layout that did not have the mark.
const UNMARKED: i64 = 3;
/// Tables that every layout has.
const OLDEST: [&str; 3] = ["settings", "flows", "kv"];

/// The newest layout.
pub(super) fn known() -> i64 {
    STEPS.len() as i64
}

/// Brings a database to the newest layout in one transaction. One that is not a sandbox's stays as it is.
pub(crate) fn apply(connection: &mut Connection) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = layout(&transaction)?;
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", known())?;
    Ok(transaction.commit()?)
}

/// The layout that a database has, which this program knows; 0 before the first.
pub(super) fn layout(connection: &Connection) -> Result<i64, Error> {
    let path = || connection.path().unwrap_or_default().into();
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let application = match number("PRAGMA application_id") {
        Err(cause) if cause.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            return Err(Error::Foreign { path: path() });
        }
        application => application?,
    };
    let found = number("PRAGMA user_version")?;
    let is_ours = match (application, found) {
        (APPLICATION, _) => true,
        (0, 0) => number("SELECT count(*) FROM sqlite_schema")? == 0,
        (0, 1..=UNMARKED) => has_tables(connection, &OLDEST)?,
        _ => false,
    };
    if !is_ours {
        return Err(Error::Foreign { path: path() });
    }
    if found > known() {
        return Err(Error::TooNew { path: path(), found, known: known() });
    }
    Ok(found)
}

fn has_tables(connection: &Connection, names: &[&str]) -> Result<bool, Error> {
    for name in names {
        if !connection.table_exists(None, *name)? {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        apply(&mut connection).unwrap();
        apply(&mut connection).unwrap();
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, known());
    }

    #[test]
    fn files_that_are_not_of_this_program_are_refused() {
        let check = |prepared: &str, expected: fn(&Error) -> bool| {
            let mut connection = Connection::open_in_memory().unwrap();
            connection.execute_batch(prepared).unwrap();
            let refused = apply(&mut connection).unwrap_err();
            assert!(expected(&refused), "{prepared}: {refused}");
        };
        let newer = "PRAGMA application_id = 0x666C6F77; PRAGMA user_version = 99";
        check(newer, |error| matches!(error, Error::TooNew { found: 99, .. }));
        for foreign in [
            "CREATE TABLE people (name TEXT)",
            "CREATE TABLE people (name TEXT); PRAGMA user_version = 2",
            "PRAGMA user_version = 99",
            "PRAGMA application_id = 7",
        ] {
            check(foreign, |error| matches!(error, Error::Foreign { .. }));
        }
    }
}
