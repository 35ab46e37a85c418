//! The sandbox as people start it: the shipped program, with everything in memory or in a folder.

use std::{
    env,
    fs::{self, File},
    io::{BufRead, BufReader},
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
};

use crate::flowsmith::flowsmith;

/// `flowsmith sandbox` on a free port, ready to be started in a folder and with arguments.
#[must_use]
pub fn sandbox(folder: &Path, arguments: &[&str]) -> Command {
    flowsmith(folder, &[&["sandbox", "--port", "0"], arguments].concat())
}

/// A started `flowsmith sandbox`, whether it is ready or not; it is killed when the value is dropped.
#[derive(Debug)]
pub struct Process(Child);

impl Process {
    /// Starts a command of [`sandbox()`].
    ///
    /// # Panics
    /// There is no such program.
    #[must_use]
    pub fn start(command: &mut Command) -> Self {
        Self(command.stdout(Stdio::piped()).spawn().expect("flowsmith starts"))
    }

    /// Waits until it says where it answers.
    fn ready(&mut self) -> String {
        let stdout: ChildStdout = self.0.stdout.take().expect("a pipe");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let url = line.trim_end().strip_prefix("sandbox ready at ");
        url.unwrap_or_else(|| panic!("not ready: {line:?}")).to_owned()
    }

    /// The number that the system has given to it.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// SIGKILL: no destructor runs, no buffer is flushed.
    ///
    /// # Panics
    /// It has ended before, by itself.
    pub fn kill(mut self) {
        self.0.kill().expect("a process to kill");
        let ended = self.end();
        assert_eq!(ended.signal(), Some(9), "the sandbox was not alive until it was killed: {ended}");
    }

    /// Waits for its end.
    ///
    /// # Panics
    /// The system does not tell.
    pub fn end(&mut self) -> ExitStatus {
        self.0.wait().expect("an end")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // One that has ended already needs no killing.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A sandbox that answers; it is killed when the value is dropped.
#[derive(Debug)]
pub struct Shipped {
    process: Process,
    url: String,
    log: Option<PathBuf>,
}

impl Shipped {
    /// Starts a sandbox in memory, with these arguments besides.
    ///
    /// # Panics
    /// It does not start.
    #[must_use]
    pub fn start(arguments: &[&str]) -> Self {
        Self::run(&mut sandbox(&env::temp_dir(), &[&["--memory"], arguments].concat()))
    }

    /// Starts a sandbox that keeps its data in a folder.
    ///
    /// # Panics
    /// It does not start.
    #[must_use]
    pub fn start_in(folder: &Path, arguments: &[&str]) -> Self {
        Self::run(&mut in_folder(folder, arguments))
    }

    /// As [`Shipped::start_in`], and it writes its log into the folder, everything that it logs.
    ///
    /// # Panics
    /// It does not start.
    #[must_use]
    pub fn start_with_log_in(folder: &Path, arguments: &[&str]) -> Self {
        let log = folder.join("log.txt");
        let stderr = File::create(&log).expect("a folder to write to");
        let mut command = in_folder(folder, arguments);
        let started = Self::run(command.env("FLOWSMITH_LOG", "trace").stderr(stderr));
        Self { log: Some(log), ..started }
    }

    /// Starts a command of [`sandbox()`].
    ///
    /// # Panics
    /// It does not start.
    #[must_use]
    pub fn run(command: &mut Command) -> Self {
        let mut process = Process::start(command);
        let url = process.ready();
        Self { process, url, log: None }
    }

    /// The server's address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What the sandbox has logged so far, where it writes a log.
    ///
    /// # Panics
    /// It writes none.
    #[must_use]
    pub fn log(&self) -> String {
        let log = self.log.as_ref().expect("a sandbox with a log");
        let bytes = fs::read(log).expect("a log");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// What runs.
    #[must_use]
    pub fn process(&self) -> &Process {
        &self.process
    }

    /// What runs, to be ended.
    #[must_use]
    pub fn into_process(self) -> Process {
        self.process
    }
}

fn in_folder(folder: &Path, arguments: &[&str]) -> Command {
    sandbox(folder, &[&["--data", "."], arguments].concat())
}
