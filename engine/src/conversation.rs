//! A command of the engine that answers a line per line, for callers that wait for each answer.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{Engine, error::Error, log::Log};

/// Longer than a start and any one answer take, even on a loaded machine.
const LONGEST_ANSWER: Duration = Duration::from_secs(400);

/// Longer than it takes to remove a few files.
const LONGEST_END: Duration = Duration::from_secs(30);

/// A running command; it ends when the value is dropped.
#[derive(Debug)]
pub struct Conversation {
    process: Child,
    requests: Option<ChildStdin>,
    answers: mpsc::Receiver<String>,
    log: Log,
    /// Its temporary files, which are removed however it ends.
    _scratch: TempDir,
}

impl Conversation {
    pub(crate) fn start(engine: &Engine, command: &str) -> Result<Self, Error> {
        let log = Log::new()?;
        let scratch = scratch()?;
        let mut process = engine.command(command, scratch.path())?;
        process.stderr(log.stdio()?);
        let mut process =
            process.spawn().map_err(|cause| Error::Start { program: engine.java.clone(), cause })?;
        let (sender, answers) = mpsc::channel();
        let requests = process.stdin.take();
        if let Some(stdout) = process.stdout.take() {
            let lines = BufReader::new(stdout).lines().map_while(Result::ok);
            thread::spawn(move || lines.into_iter().try_for_each(|line| sender.send(line)));
        }
        Ok(Self { process, requests, answers, log, _scratch: scratch })
    }

    /// Asks one question and waits for the answer.
    ///
    /// # Errors
    /// There is none in time, or it is no JSON.
    pub fn ask(&mut self, question: &Value) -> Result<Value, Error> {
        let asked = self.requests.as_mut().is_some_and(|requests| writeln!(requests, "{question}").is_ok());
        if !asked {
            return Err(self.ended());
        }
        let answer = match self.answers.recv_timeout(LONGEST_ANSWER) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => return Err(self.too_late()),
            Err(RecvTimeoutError::Disconnected) => return Err(self.ended()),
        };
        serde_json::from_str(&answer).map_err(|cause| Error::Answer { answer, cause })
    }

    /// Everything a command answers that asks for nothing.
    ///
    /// # Errors
    /// It takes too long, or fails.
    pub fn answers(mut self) -> Result<Vec<String>, Error> {
        drop(self.requests.take());
        let mut answers = Vec::new();
        loop {
            match self.answers.recv_timeout(LONGEST_ANSWER) {
                Ok(answer) => answers.push(answer),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => return Err(self.too_late()),
            }
        }
        if self.process.wait().is_ok_and(|status| status.success()) { Ok(answers) } else { Err(self.ended()) }
    }

    fn too_late(&self) -> Error {
        Error::TooLate { limit: LONGEST_ANSWER, log: self.log.tail() }
    }

    fn ended(&mut self) -> Error {
        let status = self.process.wait();
        let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
        Error::Ended { status, log: self.log.tail() }
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        // It ends by itself, and removes its files, when there is nothing left to read.
        drop(self.requests.take());
        while self.answers.recv_timeout(LONGEST_END).is_ok() {}
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A folder for the temporary files of a process.
pub(crate) fn scratch() -> Result<TempDir, Error> {
    let folder = tempfile::Builder::new().prefix("flowsmith-engine").tempdir();
    folder.map_err(Error::file("create a folder in", std::env::temp_dir()))
}
