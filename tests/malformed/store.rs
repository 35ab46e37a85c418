//! What a sandbox has written, seen past its API: another process looks into the data file.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use rusqlite::{Connection, OpenFlags, types::Value};

/// A sandbox's data file as it was when it was looked at last.
pub(super) struct Store {
    connection: Connection,
    version: i64,
    digest: u64,
}

impl Store {
    pub(super) fn open(folder: &Path) -> Self {
        let file = folder.join("sandbox.sqlite");
        let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY);
        let mut store = Self { connection: connection.expect("the data file"), version: -1, digest: 0 };
        store.has_changed();
        store
    }

    /// Whether anything is different since the last look.
    pub(super) fn has_changed(&mut self) -> bool {
        // SQLite tells of every commit, and a commit may change nothing.
        let version =
            self.connection.query_row("PRAGMA data_version", [], |row| row.get(0)).expect("a number");
        if std::mem::replace(&mut self.version, version) == version {
            return false;
        }
        let digest = digest(&self.connection).expect("a readable file");
        std::mem::replace(&mut self.digest, digest) != digest
    }
}

fn digest(connection: &Connection) -> rusqlite::Result<u64> {
    let mut hasher = DefaultHasher::new();
    let mut tables =
        connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")?;
    let tables: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for table in tables {
        let mut rows = connection.prepare(&format!("SELECT * FROM \"{table}\""))?;
        let columns = rows.column_count();
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                format!("{:?}", row.get::<_, Value>(column)?).hash(&mut hasher);
            }
        }
        table.hash(&mut hasher);
    }
    Ok(hasher.finish())
}
