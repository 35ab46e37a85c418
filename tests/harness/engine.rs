//! Kestra's own engine as a child process: it answers documents line by line, and is right by definition.

mod build;
mod java;

use std::{
    fs,
    io::{BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use build::{built, read};
use java::jdk;

use schema::KestraLine;
use serde_json::Value;

/// Longer than a start and any one answer take, even on a loaded machine.
const LONGEST_ANSWER: Duration = Duration::from_secs(400);

/// Longer than it takes to remove a few files.
const LONGEST_END: Duration = Duration::from_secs(30);

/// What a program that runs for seconds wants: little compilation, one collector.
const JAVA_OPTIONS: [&str; 5] = [
    "-Xmx1g",
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
];

/// A running engine; it ends when the value is dropped.
#[derive(Debug)]
pub struct Engine {
    name: String,
    process: Child,
    requests: Option<ChildStdin>,
    answers: mpsc::Receiver<String>,
    log: fs::File,
}

impl Engine {
    /// Starts the engine of a line with a command: `validate`, `run` or `catalog`. It is built first, once per machine
    /// and version of its sources.
    ///
    /// `None` where Java or Maven is missing, with a line on stderr. Where `CI` is set, that is an error instead.
    ///
    /// # Panics
    /// Java or Maven is required and missing; the engine can't be built or started.
    #[must_use]
    pub fn start(line: KestraLine, command: &str) -> Option<Self> {
        let jdk = jdk()?;
        let built = built(jdk, line);
        let classpath = read(&built.join("classpath"));
        let log = tempfile::tempfile().expect("a temporary file");
        let mut process = Command::new(jdk.join("bin/java"))
            .args(JAVA_OPTIONS)
            .arg("-cp")
            .arg(format!("{}:{classpath}", built.join("classes").display()))
            .args(["flowsmith.engine.Main", command])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log.try_clone().expect("a temporary file"))
            .spawn()
            .unwrap_or_else(|error| panic!("Java can't be started: {error}"));
        let stdout = BufReader::new(process.stdout.take().expect("stdout is a pipe"));
        let (sender, answers) = mpsc::channel();
        thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let requests = process.stdin.take();
        Some(Self { name: format!("`engine {command}` of Kestra {line}"), process, requests, answers, log })
    }

    /// Asks one question and waits for the answer.
    ///
    /// # Panics
    /// There is none in time.
    #[must_use]
    pub fn ask(&mut self, question: &Value) -> Value {
        let requests = self.requests.as_mut().expect("nobody has closed it");
        writeln!(requests, "{question}")
            .unwrap_or_else(|error| panic!("{} has ended: {error}\n{}", self.name, log(&self.log)));
        let answer = self.answers.recv_timeout(LONGEST_ANSWER);
        let answer = answer
            .unwrap_or_else(|error| panic!("{} does not answer: {error}\n{}", self.name, log(&self.log)));
        self.parsed(&answer)
    }

    /// Everything a command answers that asks for nothing.
    ///
    /// # Panics
    /// It takes too long, or fails.
    #[must_use]
    pub fn answers(mut self) -> Vec<String> {
        drop(self.requests.take());
        let mut answers = Vec::new();
        loop {
            match self.answers.recv_timeout(LONGEST_ANSWER) {
                Ok(answer) => answers.push(answer),
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
                Err(error) => panic!("{} does not end: {error}\n{}", self.name, log(&self.log)),
            }
        }
        let status = self.process.wait().expect("a started process ends");
        assert!(status.success(), "{} ended with {status}\n{}", self.name, log(&self.log));
        answers
    }

    fn parsed(&self, answer: &str) -> Value {
        serde_json::from_str(answer).unwrap_or_else(|error| panic!("{} answers {answer}: {error}", self.name))
    }
}

/// What Kestra has logged, to explain a failure.
fn log(mut file: &fs::File) -> String {
    let mut text = String::new();
    let read = file.seek(SeekFrom::Start(0)).and_then(|_| file.read_to_string(&mut text));
    read.map_or_else(|error| error.to_string(), |_| text)
}

impl Drop for Engine {
    fn drop(&mut self) {
        // It ends by itself, and removes its files, when there is nothing left to read.
        drop(self.requests.take());
        while self.answers.recv_timeout(LONGEST_END).is_ok() {}
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The flows that Kestra tests itself with: file name and source, in the folder `valids` or `invalids`.
///
/// `None` where [`Engine::start`] is.
///
/// # Panics
/// As [`Engine::start`].
#[must_use]
pub fn corpus(line: KestraLine, folder: &str) -> Option<Vec<(String, String)>> {
    let folder = built(jdk()?, line).join("corpus/flows").join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml"));
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Some(paths.iter().map(|path| (name(path), read(path))).collect())
}
