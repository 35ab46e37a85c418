//! Reads have connections of their own, so that a slow listing never waits behind a write or holds one up.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};
use tokio::sync::Semaphore;

use super::Error;

/// More readers than this only compete for the same cores.
const READERS: usize = 4;

/// A few read-only connections to the data file, opened when first needed.
pub(super) struct Readers {
    permits: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Connection>>>,
    path: PathBuf,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Readers {
        Readers { permits: Arc::new(Semaphore::new(READERS)), idle: Arc::default(), path: path.into() }
    }

    pub(super) async fn run<T, E>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| Error::Closed)?;
        let idle = Arc::clone(&self.idle);
        let path = self.path.clone();
        let work = move || {
            // The job holds the permit: it goes on when its caller has gone away.
            let _permit = permit;
            let taken = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = match taken {
                Some(connection) => connection,
                None => open(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?,
            };
            let result = job(&connection);
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            result
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|ended| if ended.is_panic() { Error::Panicked } else { Error::Closed })?
    }
}

/// Creates the folder of the data file.
pub(super) fn create_folder(path: &Path) -> Result<(), Error> {
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => {
            std::fs::create_dir_all(folder).map_err(|source| Error::Folder { path: path.into(), source })
        }
        None => Ok(()),
    }
}

/// Opens the data file for writing, creating it.
pub(super) fn create(path: &Path) -> Result<Connection, Error> {
    open(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
}

/// Makes commits durable, and lets readers work beside the writer.
pub(super) fn configure(connection: &Connection) -> Result<(), Error> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // FULL makes every commit wait for the disk: an acknowledged write survives a power cut too.
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(())
}

pub(super) fn open(path: &Path, flags: OpenFlags) -> Result<Connection, Error> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let failed = |source| Error::Open { path: path.into(), source };
    let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(failed)?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn readers() -> (tempfile::TempDir, Readers) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data.db");
        configure(&create(&file).unwrap()).unwrap();
        let readers = Readers::new(&file);
        (folder, readers)
    }

    #[tokio::test]
    async fn readers_stay_few_when_callers_go_away() {
        let (_folder, readers) = readers();
        let mut gates = Vec::new();
        for _ in 0..READERS {
            let (gate, closed) = mpsc::channel::<()>();
            let (started, mut running) = tokio::sync::mpsc::channel(1);
            let slow = readers.run(move |_| {
                let _ = started.blocking_send(());
                let _ = closed.recv();
                Ok::<_, Error>(())
            });
            tokio::select! {
                _ = slow => unreachable!("the gate is closed"),
                begun = running.recv() => begun.unwrap(),
            }
            gates.push(gate);
        }
        assert_eq!(readers.permits.available_permits(), 0);
        drop(gates);
        readers.run(|_| Ok::<_, Error>(())).await.unwrap();
    }

    #[tokio::test]
    async fn a_job_that_panics_is_told_apart_from_a_stop() {
        let (_folder, readers) = readers();
        let panicked = readers.run(|_| -> Result<(), Error> { panic!("a bug") });
        assert!(matches!(panicked.await, Err(Error::Panicked)));
        readers.run(|_| Ok::<_, Error>(())).await.unwrap();
    }
}
