//! All writes go through one thread: SQLite has one writer anyway, and a queue lets many writes share one fsync.
//!
//! Each job runs in its own savepoint of a common transaction, and is answered only after the commit.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc},
    thread,
};

use rusqlite::{Connection, TransactionBehavior, ffi};
use tokio::sync::{Notify, oneshot};

use super::{Error, Lock};

/// How many queued writes share one transaction: enough to hide the fsync, few enough to answer soon.
const BATCH: usize = 256;

type Commit = Result<(), Arc<rusqlite::Error>>;

/// A queued job, whatever it returns.
trait Work: Send {
    /// Runs the job; false when its changes must be undone.
    fn run(&mut self, connection: &Connection) -> bool;

    /// Tells the caller what came of it, also when it never ran because the transaction had failed before.
    fn answer(self: Box<Self>, commit: Commit);
}

struct Job<F, T, E> {
    job: Option<F>,
    result: Option<Result<T, E>>,
    caller: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Work for Job<F, T, E>
where
    F: FnOnce(&Connection) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn run(&mut self, connection: &Connection) -> bool {
        // The thread outlives a job that panics. Such a job leaves nothing behind: its savepoint is rolled back.
        self.result = self.job.take().and_then(|job| catch_unwind(AssertUnwindSafe(|| job(connection))).ok());
        matches!(self.result, Some(Ok(_)))
    }

    fn answer(self: Box<Self>, commit: Commit) {
        let result = match commit {
            Ok(()) => self.result.unwrap_or_else(|| Err(Error::Panicked.into())),
            // A refusal does not count either: it may rest on what another job of this transaction wrote.
            Err(cause) => Err(Error::Commit(cause).into()),
        };
        // A caller that went away loses the answer, never the write.
        let _ = self.caller.send(result);
    }
}

enum Message {
    Job(Box<dyn Work>),
    Stop,
}

/// The queue in front of the writing thread.
pub(super) struct Writer {
    queue: mpsc::Sender<Message>,
    ended: Arc<Notify>,
}

impl Writer {
    /// The thread keeps the lock as long as it has the connection.
    pub(super) fn start(connection: Connection, lock: Option<Lock>) -> Result<Writer, Error> {
        let (queue, jobs) = mpsc::channel();
        let ended = Arc::new(Notify::new());
        let done = Arc::clone(&ended);
        let work = move || {
            serve(connection, &jobs);
            drop(lock);
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
        let (caller, outcome) = oneshot::channel();
        let work = Box::new(Job { job: Some(job), result: None, caller });
        self.queue.send(Message::Job(work)).map_err(|_| Error::Closed)?;
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

fn run_batch(connection: &mut Connection, mut batch: Vec<Box<dyn Work>>) {
    let commit = transact(connection, &mut batch).map_err(Arc::new);
    if let Err(cause) = &commit {
        tracing::error!(%cause, "a transaction failed");
    }
    for work in batch {
        work.answer(commit.clone());
    }
}

fn transact(connection: &mut Connection, batch: &mut [Box<dyn Work>]) -> rusqlite::Result<()> {
    let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for work in batch {
        let savepoint = transaction.savepoint()?;
        let keep = work.run(&savepoint);
        // SQLite ends the whole transaction on some failures, such as a full disk; a savepoint opened after that
        // would be a transaction of its own.
        if savepoint.is_autocommit() {
            let message = "a failure undid the whole transaction".to_owned();
            return Err(rusqlite::Error::SqliteFailure(
                ffi::Error::new(ffi::SQLITE_ABORT_ROLLBACK),
                Some(message),
            ));
        }
        if keep { savepoint.commit()? } else { savepoint.finish()? }
    }
    transaction.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writer() -> Writer {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (n INTEGER NOT NULL UNIQUE)").unwrap();
        Writer::start(connection, None).unwrap()
    }

    async fn insert(writer: &Writer, n: i64) -> Result<(), Error> {
        writer.run(move |c| Ok(c.execute("INSERT INTO t VALUES (?1)", [n]).map(|_| ())?)).await
    }

    fn count_of(connection: &Connection) -> rusqlite::Result<i64> {
        connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0))
    }

    async fn count(writer: &Writer) -> i64 {
        writer.run(|c| Ok::<_, Error>(count_of(c)?)).await.unwrap()
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

    #[tokio::test]
    async fn a_job_that_panics_is_undone_and_the_thread_lives_on() {
        let writer = writer();
        let panicked = writer.run(|c| {
            c.execute("INSERT INTO t VALUES (7)", [])?;
            if count_of(c)? == 1 {
                panic!("a bug");
            }
            Ok::<_, Error>(())
        });
        assert!(matches!(panicked.await, Err(Error::Panicked)));
        assert_eq!(count(&writer).await, 0);
        insert(&writer, 1).await.unwrap();
    }

    type Plain = fn(&Connection) -> Result<(), Error>;

    /// Runs jobs in one transaction; each gives the error its caller got.
    fn batch(jobs: Vec<Plain>) -> (Connection, Vec<Option<Error>>) {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (n INTEGER NOT NULL UNIQUE)").unwrap();
        let (mut batch, mut callers) = (Vec::<Box<dyn Work>>::new(), Vec::new());
        for job in jobs {
            let (caller, outcome) = oneshot::channel();
            batch.push(Box::new(Job { job: Some(job), result: None, caller }));
            callers.push(outcome);
        }
        run_batch(&mut connection, batch);
        let errors = callers.into_iter().map(|mut outcome| outcome.try_recv().unwrap().err());
        (connection, errors.collect())
    }

    #[test]
    fn when_the_transaction_is_lost_nobody_is_told_otherwise() {
        let insert: Plain = |c| Ok(c.execute("INSERT INTO t VALUES (1)", []).map(|_| ())?);
        // What SQLite itself does when the disk is full.
        let lose: Plain = |c| {
            c.execute_batch("ROLLBACK")?;
            Err(Error::Closed)
        };
        let (connection, errors) = batch(vec![insert, insert, lose, |_| Ok(())]);
        assert_eq!(count_of(&connection).unwrap(), 0);
        for error in &errors {
            assert!(matches!(error, Some(Error::Commit(_))), "{errors:?}");
        }
        let (connection, errors) = batch(vec![insert, insert]);
        assert_eq!(count_of(&connection).unwrap(), 1);
        assert!(matches!(errors[..], [None, Some(Error::Database(_))]), "{errors:?}");
    }
}
