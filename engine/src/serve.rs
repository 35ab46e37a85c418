//! Kestra as an executor of flows: requests with answers in one direction, what happens in the other.

mod event;
mod request;

use std::{
    collections::BTreeMap,
    process::ExitStatus,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde_json::Value;
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
    sync::{Mutex as AsyncMutex, Notify, mpsc, oneshot, watch},
    time::timeout,
};

use crate::{Engine, conversation::scratch, error::Error, log::Log};

pub use event::{Change, Ended, Event, Outputs};
pub use request::{Label, Request, Start};

use event::Line;

/// Longer than a start takes, even on a loaded machine; Kestra itself gives up after five minutes.
const LONGEST_START: Duration = Duration::from_secs(330);

/// Longer than Kestra takes for any one request.
const LONGEST_ANSWER: Duration = Duration::from_secs(120);

/// Longer than it takes to remove a few files.
const LONGEST_END: Duration = Duration::from_secs(30);

/// What happens in a running engine, in order; [`Event::Ended`] is the last. Nothing is lost when nobody listens for a
/// while: an engine that had to wait for its listener could not answer what the listener asks.
pub type Events = mpsc::UnboundedReceiver<Event>;

type Answer = Result<Value, Error>;

/// A Kestra that executes flows. It ends when the value is dropped; a new one knows nothing of what this one was told.
#[derive(Debug)]
pub struct Serve {
    requests: AsyncMutex<Option<ChildStdin>>,
    shared: Arc<Shared>,
    process_id: Option<u32>,
    over: watch::Receiver<bool>,
    kill: Arc<Notify>,
}

/// What the caller and the reader of answers both need.
#[derive(Debug)]
struct Shared {
    waiting: Mutex<Waiting>,
    log: Log,
}

/// Who waits for which answer.
#[derive(Debug, Default)]
struct Waiting {
    last: u64,
    /// How the process has ended; nobody can wait any longer.
    ended: Option<String>,
    answers: BTreeMap<u64, oneshot::Sender<Answer>>,
}

impl Serve {
    pub(crate) async fn start(engine: &Engine) -> Result<(Self, Events), Error> {
        let (log, scratch) = (Log::new()?, scratch()?);
        let mut process = Command::from(engine.command("serve", scratch.path())?);
        process.stderr(log.stdio()?).kill_on_drop(true);
        let start = |cause| Error::Start { program: engine.java.clone(), cause };
        let mut process = process.spawn().map_err(start)?;
        let requests = process.stdin.take();
        let stdout = process.stdout.take().ok_or_else(|| start(std::io::ErrorKind::BrokenPipe.into()))?;
        let mut lines = BufReader::new(stdout).lines();
        ready(&mut process, &mut lines, &log).await?;

        let process_id = process.id();
        let shared = Arc::new(Shared { waiting: Mutex::default(), log });
        let (send, events) = mpsc::unbounded_channel();
        let kill = Arc::new(Notify::new());
        let killed = Arc::clone(&kill);
        let (finished, over) = watch::channel(false);
        let life = Life { process, lines, shared: Arc::clone(&shared), events: send, _scratch: scratch };
        tokio::spawn(async move {
            life.run(&killed).await;
            let _ = finished.send(true);
        });
        Ok((Self { requests: AsyncMutex::new(requests), shared, process_id, over, kill }, events))
    }

    /// Asks Kestra to do something; the answer's shape is the request's.
    ///
    /// # Errors
    /// Kestra refuses it, in Kestra's words ([`Error::Refused`]); the engine has ended, or does not answer in time.
    pub async fn ask(&self, request: &Request) -> Result<Value, Error> {
        let (number, answer) = self.shared.expect()?;
        let mut line = request.line(number);
        line.push(b'\n');
        let written = match &mut *self.requests.lock().await {
            Some(requests) => requests.write_all(&line).await.is_ok(),
            None => false,
        };
        // What can't be written will get no answer: the reader says how the process has ended.
        let limit = if written { LONGEST_ANSWER } else { LONGEST_END };
        match timeout(limit, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(self.shared.ended()),
            Err(_) => {
                self.shared.lock().answers.remove(&number);
                Err(Error::TooLate { limit, log: self.shared.log.tail() })
            }
        }
    }

    /// The number that the system has given to the process, for people who look for it.
    #[must_use]
    pub fn process_id(&self) -> Option<u32> {
        self.process_id
    }

    /// Ends the engine and returns when its files are gone. What still runs is lost.
    pub async fn stop(&self) {
        drop(self.requests.lock().await.take());
        let mut over = self.over.clone();
        if timeout(LONGEST_END, over.wait_for(|over| *over)).await.is_err() {
            self.kill.notify_one();
        }
        let _ = over.wait_for(|over| *over).await;
    }
}

/// Waits for Kestra to say that it takes requests.
async fn ready(
    process: &mut Child,
    lines: &mut Lines<BufReader<ChildStdout>>,
    log: &Log,
) -> Result<(), Error> {
    match timeout(LONGEST_START, lines.next_line()).await {
        Ok(Ok(Some(line))) => match serde_json::from_str(&line) {
            Ok(Line::Ready { .. }) => Ok(()),
            Ok(_) => Err(Error::Refused(line)),
            Err(cause) => Err(Error::Answer { answer: line, cause }),
        },
        Ok(_) => Err(Error::Ended { status: status(process.wait().await), log: log.tail() }),
        Err(_) => Err(Error::TooLate { limit: LONGEST_START, log: log.tail() }),
    }
}

fn status(ended: std::io::Result<ExitStatus>) -> String {
    ended.map_or_else(|error| error.to_string(), |status| status.to_string())
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A number for a request, and where its answer will be.
    fn expect(&self) -> Result<(u64, oneshot::Receiver<Answer>), Error> {
        let mut waiting = self.lock();
        if waiting.ended.is_some() {
            drop(waiting);
            return Err(self.ended());
        }
        let (send, answer) = oneshot::channel();
        waiting.last += 1;
        let number = waiting.last;
        waiting.answers.insert(number, send);
        Ok((number, answer))
    }

    fn answered(&self, number: u64, answer: Answer) {
        if let Some(caller) = self.lock().answers.remove(&number) {
            let _ = caller.send(answer);
        }
    }

    fn ended(&self) -> Error {
        let status = self.lock().ended.clone().unwrap_or_default();
        Error::Ended { status, log: self.log.tail() }
    }
}

/// The process, and whoever reads what it says.
struct Life {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    shared: Arc<Shared>,
    events: mpsc::UnboundedSender<Event>,
    /// Its temporary files, which are removed however it ends.
    _scratch: TempDir,
}

impl Life {
    async fn run(mut self, killed: &Notify) {
        loop {
            tokio::select! {
                line = self.lines.next_line() => match line {
                    Ok(Some(line)) => self.said(&line),
                    _ => break,
                },
                () = killed.notified() => {
                    let _ = self.process.start_kill();
                }
            }
        }
        let status = self.end().await;
        let mut waiting = self.shared.lock();
        waiting.ended = Some(status.clone());
        // Who still waits hears that there is nobody to answer.
        waiting.answers.clear();
        drop(waiting);
        let _ = self.events.send(Event::Ended(Ended { status, log: self.shared.log.tail() }));
    }

    /// A process that says nothing more has nothing more to do.
    async fn end(&mut self) -> String {
        if let Ok(ended) = timeout(LONGEST_END, self.process.wait()).await {
            return status(ended);
        }
        let _ = self.process.start_kill();
        status(self.process.wait().await)
    }

    fn said(&self, line: &str) {
        match serde_json::from_str(line) {
            Ok(Line::Answer { id, answer }) => self.shared.answered(id, Ok(answer)),
            Ok(Line::Problem { id, problem }) => self.shared.answered(id, Err(Error::Refused(problem))),
            Ok(Line::Execution(change)) => self.happened(Event::Execution(change)),
            Ok(Line::Log { log }) => self.happened(Event::Log(log)),
            Ok(Line::Ready { .. }) => {}
            Err(cause) => tracing::warn!(%cause, "the engine has said something else than was agreed"),
        }
    }

    fn happened(&self, event: Event) {
        // Nobody has to listen.
        let _ = self.events.send(event);
    }
}
