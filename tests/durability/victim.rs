//! The shipped binary on a data folder; killed, never stopped.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use harness::binaries;
use rusqlite::{Connection, OpenFlags};

use super::api::Api;

/// A sandbox that answers.
pub(super) struct Victim {
    pub(super) api: Api,
    _process: Process,
}

/// A started sandbox.
pub(super) struct Process(Child);

impl Victim {
    /// The process, whether it is ready or not.
    pub(super) fn spawn(data: &Path) -> Process {
        let mut command = Command::new(binaries::flowsmith());
        command.args(["sandbox", "--edition", "ee", "--port", "0", "--data"]).arg(data);
        Process(command.stdout(Stdio::piped()).spawn().expect("flowsmith starts"))
    }

    pub(super) fn start(data: &Path) -> Self {
        let mut process = Self::spawn(data);
        let stdout = process.0.stdout.take().expect("a pipe");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let url = line.trim_end().strip_prefix("sandbox ready at ");
        Self { api: Api::new(url.unwrap_or_else(|| panic!("not ready: {line:?}"))), _process: process }
    }
}

impl Drop for Process {
    /// SIGKILL: no destructor runs, no buffer is flushed.
    fn drop(&mut self) {
        self.0.kill().expect("the sandbox is alive until it is killed");
        self.0.wait().expect("the sandbox is gone");
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
