//! The sandbox as people start it: the shipped program, with everything in memory.

use std::{
    env,
    io::{BufRead, BufReader},
    process::{Child, Stdio},
};

use crate::flowsmith::flowsmith;

/// A running `flowsmith sandbox`; it is killed when the value is dropped.
#[derive(Debug)]
pub struct Shipped {
    process: Child,
    url: String,
}

impl Shipped {
    /// Starts a sandbox in memory on a free port, with these arguments besides.
    ///
    /// # Panics
    /// It does not start.
    #[must_use]
    pub fn start(arguments: &[&str]) -> Self {
        let all = [&["sandbox", "--memory", "--port", "0"], arguments].concat();
        let mut command = flowsmith(&env::temp_dir(), &all);
        let mut process = command.stdout(Stdio::piped()).spawn().expect("flowsmith starts");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let url = line.trim_end().strip_prefix("sandbox ready at ");
        let url = url.unwrap_or_else(|| panic!("not ready: {line:?}")).to_owned();
        Self { process, url }
    }

    /// The server's address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Shipped {
    fn drop(&mut self) {
        // One that has ended already needs no killing.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
