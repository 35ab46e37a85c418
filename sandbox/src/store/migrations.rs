//! The database's layout, one step per change; `PRAGMA user_version` counts the steps a file has seen.

use rusqlite::{Connection, TransactionBehavior};

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
];

/// Brings a database to the newest layout in one transaction, which waits for another program that is about it.
pub(super) fn apply(connection: &mut Connection) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = STEPS.len() as i64;
    if found > known {
        return Err(Error::TooNew { found, known });
    }
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    Ok(transaction.commit()?)
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
        assert_eq!(version, STEPS.len() as i64);
    }

    #[test]
    fn a_newer_file_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(apply(&mut connection), Err(Error::TooNew { found: 99, .. })));
    }

    #[test]
    fn programs_that_share_a_new_file_all_find_it_ready() {
        let folder = tempfile::tempdir().unwrap();
        for round in 0..20 {
            let file = folder.path().join(format!("{round}.db"));
            let mut connections = [(); 4].map(|()| super::super::readers::create(&file).unwrap());
            let together = std::sync::Barrier::new(connections.len());
            let migrate = |connection: &mut Connection| {
                together.wait();
                apply(connection).map_err(|error| error.to_string())
            };
            let applied = std::thread::scope(|scope| {
                let threads = connections.each_mut().map(|connection| scope.spawn(|| migrate(connection)));
                threads.map(|thread| thread.join().unwrap())
            });
            assert_eq!(applied, [const { Ok(()) }; 4]);
        }
    }
}
