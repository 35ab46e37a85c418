//! The sandbox as people start it: the shipped program, with everything in memory or in a folder.

use std::{
    env,
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::flowsmith::flowsmith;

/// A running `flowsmith sandbox`; it is killed when the value is dropped.
#[derive(Debug)]
pub struct Shipped {
    process: Child,
    url: String,
    log: Option<PathBuf>,
}

impl Shipped {
    /// Starts a sandbox in memory on a free port, with these arguments besides.
    ///
    /// # Panics
    /// It does not start.
    #[must_use]
    pub fn start(arguments: &[&str]) -> Self {
        let all = [&["sandbox", "--memory", "--port", "0"], arguments].concat();
        Self::run(&mut flowsmith(&env::temp_dir(), &all), None)
    }

    /// Starts a sandbox that keeps its data in a folder and writes its log there, everything that it logs.
    ///
    /// # Panics
    /// It does not start.
    #[must_use]
    pub fn start_in(folder: &Path, arguments: &[&str]) -> Self {
        let all = [&["sandbox", "--data", ".", "--port", "0"], arguments].concat();
        let log = folder.join("log.txt");
        let stderr = File::create(&log).expect("a folder to write to");
        let mut command = flowsmith(folder, &all);
        Self::run(command.env("FLOWSMITH_LOG", "trace").stderr(stderr), Some(log))
    }

    fn run(command: &mut Command, log: Option<PathBuf>) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().expect("flowsmith starts");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let url = line.trim_end().strip_prefix("sandbox ready at ");
        let url = url.unwrap_or_else(|| panic!("not ready: {line:?}")).to_owned();
        Self { process, url, log }
    }

    /// The server's address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What the sandbox has logged so far, where it has a folder.
    ///
    /// # Panics
    /// It has none.
    #[must_use]
    pub fn log(&self) -> String {
        let log = self.log.as_ref().expect("a sandbox with a folder");
        let bytes = fs::read(log).expect("a log");
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Drop for Shipped {
    fn drop(&mut self) {
        // One that has ended already needs no killing.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
