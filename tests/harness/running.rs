//! A command of the CLI that runs beside the test, which interrupts it as a person at a terminal would.

use std::{
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
};

use crate::Run;

/// A started command; the test ends it or waits for its end.
#[derive(Debug)]
pub struct Running {
    command: String,
    process: Child,
}

impl Running {
    /// In a process group of its own, as a terminal does: signals reach the CLI and its providers, and not the test.
    pub(crate) fn start(command: &mut Command, name: String) -> Self {
        let command = command.process_group(0).stdout(Stdio::piped()).stderr(Stdio::piped());
        let process = command.spawn();
        Self {
            process: process.unwrap_or_else(|error| panic!("`{name}` can't be started: {error}")),
            command: name,
        }
    }

    /// Ctrl-C: SIGINT to the CLI and to its providers.
    ///
    /// # Panics
    /// The command has ended already.
    pub fn interrupt(&self) {
        let group = format!("-{}", self.process.id());
        let sent = Command::new("kill").args(["-INT", "--", &group]).status();
        assert!(sent.is_ok_and(|status| status.success()), "`{}` can't be interrupted", self.command);
    }

    /// Waits for the end and hands over what came out.
    #[must_use]
    pub fn end(self) -> Run {
        let output = self.process.wait_with_output().expect("the output of a started command");
        Run { command: self.command, output }
    }
}
