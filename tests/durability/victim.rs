//! The shipped binary on a data folder; killed, never stopped.

use std::path::Path;

use harness::{
    Shipped,
    shipped::{Process, sandbox},
};
use rusqlite::{Connection, OpenFlags};

use super::api::Api;

/// Enterprise has every kind of write.
const ARGUMENTS: [&str; 4] = ["--edition", "ee", "--data", "."];

/// A sandbox that answers.
pub(super) struct Victim {
    pub(super) api: Api,
    process: Process,
}

impl Victim {
    /// The process, whether it is ready or not.
    pub(super) fn spawn(data: &Path) -> Process {
        Process::start(&mut sandbox(data, &ARGUMENTS))
    }

    pub(super) fn start(data: &Path) -> Self {
        let sandbox = Shipped::run(&mut sandbox(data, &ARGUMENTS));
        Self { api: Api::new(sandbox.url()), process: sandbox.into_process() }
    }

    pub(super) fn kill(self) {
        self.process.kill();
    }
}

/// What SQLite itself finds wrong with the file of a running sandbox: nothing.
pub(super) fn assert_integrity(data: &Path) {
    let file = data.join("sandbox.sqlite");
    let connection =
        Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("the data file");
    let found: String =
        connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("a verdict");
    assert_eq!(found, "ok");
}
