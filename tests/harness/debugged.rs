//! The provider in debug mode: one process that a test starts, and that many commands attach to.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// A running provider that waits for hosts; interrupted when the value is dropped.
#[derive(Debug)]
pub struct Debugged {
    process: Child,
    reattach: String,
}

impl Debugged {
    /// Starts a provider, with these environment variables and no others.
    ///
    /// # Panics
    /// It does not start, or does not say how to attach to it.
    #[must_use]
    pub fn start(provider: &Path, environment: &[(&str, &str)]) -> Self {
        let mut command = Command::new(provider);
        command.arg("-debug").env_clear().envs(environment.iter().copied()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("the provider starts");
        let stdout = BufReader::new(process.stdout.take().expect("stdout is a pipe"));
        let said = stdout.lines().map_while(Result::ok).find_map(|line| {
            let value = line.strip_prefix("TF_REATTACH_PROVIDERS='")?;
            value.strip_suffix('\'').map(str::to_owned)
        });
        Self { process, reattach: said.expect("a value for TF_REATTACH_PROVIDERS") }
    }

    /// The value of `TF_REATTACH_PROVIDERS`.
    #[must_use]
    pub fn reattach(&self) -> &str {
        &self.reattach
    }

    /// Interrupts the process as a developer does.
    ///
    /// # Panics
    /// It had not lived until then, or ends badly.
    #[track_caller]
    pub fn end(mut self) {
        let ended = self.process.try_wait().expect("the provider can be asked");
        assert!(ended.is_none(), "the provider did not wait to be interrupted: {ended:?}");
        let interrupt = ["-INT", &self.process.id().to_string()];
        assert!(Command::new("kill").args(interrupt).status().is_ok_and(|status| status.success()));
        let ended = self.process.wait().expect("the provider ends");
        assert!(ended.success(), "the provider ended with {ended}");
    }
}

impl Drop for Debugged {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
