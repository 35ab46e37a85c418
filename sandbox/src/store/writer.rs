//! All writes go through one thread: SQLite has one writer anyway, and a queue lets many writes share one fsync.
//!
//! Each job runs in its own savepoint of a common transaction, and is answered only after the commit.

use std::{
    sync::{Arc, mpsc},
    thread,
};

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{Notify, oneshot};

use super::Error;

/// How many queued writes share one transaction: enough to hide the fsync, few enough to answer soon.
const BATCH: usize = 256;

type Commit = Result<(), Arc<rusqlite::Error>>;
type Answer = Box<dyn FnOnce(Commit) + Send>;
type Job = Box<dyn FnOnce(&Connection) -> Ran + Send>;

/// A job that ran but is not committed yet.
struct Ran {
    keep: bool,
    answer: Answer,
}

enum Message {
    Job(Job),
    Stop,
}

/// The queue in front of the writing thread.
pub(super) struct Writer {
    queue: mpsc::Sender<Message>,
    ended: Arc<Notify>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> Result<Writer, Error> {
        let (queue, jobs) = mpsc::channel();
        let ended = Arc::new(Notify::new());
        let done = Arc::clone(&ended);
        let work = move || {
            serve(connection, &jobs);
            done.notify_one();
        };
        thread::Builder::new().name("sandbox-writer".into()).spawn(work).map_err(Error::Thread)?;
        Ok(Writer { queue, ended })
    }

    pub(super) async fn run<T, E>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (sender, outcome) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let result = job(connection);
            let keep = result.is_ok();
            let answer = move |commit: Commit| {
                let result = result.and_then(|value| match commit {
                    Ok(()) => Ok(value),
                    Err(cause) => Err(E::from(Error::Commit(cause))),
                });
                // A caller that went away loses the answer, never the write.
                let _ = sender.send(result);
            };
            Ran { keep, answer: Box::new(answer) }
        });
        self.queue.send(Message::Job(job)).map_err(|_| Error::Closed)?;
        outcome.await.map_err(|_| Error::Closed)?
    }

    /// Lets the thread finish what is queued, and waits for it.
    pub(super) async fn close(&self) {
        if self.queue.send(Message::Stop).is_ok() {
            self.ended.notified().await;
        }
    }
}

fn serve(mut connection: Connection, jobs: &mpsc::Receiver<Message>) {
    while let Ok(Message::Job(first)) = jobs.recv() {
        let mut batch = vec![first];
        let mut open = true;
        while open && batch.len() < BATCH {
            match jobs.try_recv() {
                Ok(Message::Job(job)) => batch.push(job),
                Ok(Message::Stop) => open = false,
                Err(_) => break,
            }
        }
        run_batch(&mut connection, batch);
        if !open {
            break;
        }
    }
}

fn run_batch(connection: &mut Connection, batch: Vec<Job>) {
    let mut answers = Vec::with_capacity(batch.len());
    let commit = transact(connection, batch, &mut answers).map_err(Arc::new);
    if let Err(cause) = &commit {
        tracing::error!(%cause, "a transaction failed");
    }
    for answer in answers {
        answer(commit.clone());
    }
}

fn transact(connection: &mut Connection, batch: Vec<Job>, answers: &mut Vec<Answer>) -> rusqlite::Result<()> {
    let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for job in batch {
        let savepoint = transaction.savepoint()?;
        let ran = job(&savepoint);
        answers.push(ran.answer);
        if ran.keep {
            savepoint.commit()?;
        }
    }
    transaction.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writer() -> Writer {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (n INTEGER NOT NULL UNIQUE)").unwrap();
        Writer::start(connection).unwrap()
    }

    async fn insert(writer: &Writer, n: i64) -> Result<(), Error> {
        writer.run(move |c| Ok(c.execute("INSERT INTO t VALUES (?1)", [n]).map(|_| ())?)).await
    }

    async fn count(writer: &Writer) -> i64 {
        writer
            .run(|c| Ok::<_, Error>(c.query_row("SELECT count(*) FROM t", [], |r| r.get(0))?))
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_failing_job_undoes_only_itself() {
        let writer = writer();
        let spoiled = writer.run(|c| {
            c.execute("INSERT INTO t VALUES (7)", [])?;
            Err::<(), Error>(Error::Closed)
        });
        let (first, failed, second) = tokio::join!(insert(&writer, 1), spoiled, insert(&writer, 2));
        assert!(first.is_ok() && failed.is_err() && second.is_ok());
        assert_eq!(count(&writer).await, 2);
    }

    #[tokio::test]
    async fn a_refused_statement_is_told_to_its_caller() {
        let writer = writer();
        insert(&writer, 1).await.unwrap();
        assert!(matches!(insert(&writer, 1).await, Err(Error::Database(_))));
    }

    #[tokio::test]
    async fn a_closed_writer_refuses() {
        let writer = writer();
        insert(&writer, 1).await.unwrap();
        writer.close().await;
        assert!(matches!(insert(&writer, 2).await, Err(Error::Closed)));
    }
}
