//! What the sandbox remembers, without HTTP: one SQLite database, one writer, a few readers.
//!
//! Each kind of object has a file of functions over a connection; `Store` decides which connection they get.

pub(crate) mod dashboards;
pub(crate) mod documents;
mod error;
pub(crate) mod execution_files;
pub(crate) mod executions;
pub(crate) mod flows;
pub(crate) mod kv;
mod lock;
pub(crate) mod logs;
mod migrations;
pub(crate) mod namespace_files;
pub(crate) mod namespaces;
pub(crate) mod news;
mod readers;
pub(crate) mod settings;
pub(crate) mod triggers;
mod writer;

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use tokio::sync::watch;

pub use error::Error;
pub(crate) use lock::Lock;
#[cfg(test)]
pub(crate) use migrations::apply as migrate;
use readers::Readers;
use writer::Writer;

use crate::options::Data;

/// The durable state of one sandbox.
pub(crate) struct Store {
    writer: Writer,
    /// `None` in memory, where the one connection also reads.
    readers: Option<Readers>,
    /// Counts what was written.
    written: watch::Sender<u64>,
}

impl Store {
    pub(crate) fn open(data: &Data) -> Result<Store, Error> {
        let (connection, lock, readers) = match data {
            Data::Memory => {
                let mut connection = Connection::open_in_memory()?;
                migrations::apply(&mut connection)?;
                (connection, None, None)
            }
            Data::File(path) => {
                let (lock, connection) = open_alone(path)?;
                (connection, Some(lock), Some(Readers::new(path)))
            }
        };
        let writer = Writer::start(connection, lock)?;
        Ok(Store { writer, readers, written: watch::Sender::new(0) })
    }

    /// Runs a job whose changes are on disk when this returns `Ok`; an error undoes them.
    pub(crate) async fn write<T, E>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let result = self.write_quietly(job).await;
        if result.is_ok() {
            self.written.send_modify(|count| *count = count.wrapping_add(1));
        }
        result
    }

    /// The same, and those who see every write do not see this one: for what they themselves have said.
    pub(crate) async fn write_quietly<T, E>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.writer.run(job).await
    }

    /// Sees every write from now on that is not made quietly.
    pub(crate) fn written(&self) -> watch::Receiver<u64> {
        self.written.subscribe()
    }

    /// Runs a job that changes nothing; it sees every acknowledged write.
    pub(crate) async fn read<T, E>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        match &self.readers {
            Some(readers) => readers.run(job).await,
            None => self.writer.run(job).await,
        }
    }

    /// Ends the writer after what is queued; later writes are refused.
    pub(crate) async fn close(&self) {
        self.writer.close().await;
    }
}

/// Opens a data file for the one process that writes to it, creates what is missing, and brings it to the newest layout.
pub(crate) fn open_alone(path: &Path) -> Result<(Lock, Connection), Error> {
    readers::create_folder(path)?;
    let lock = Lock::take(path)?;
    let mut connection = readers::create(path)?;
    // Nothing is changed in a file of another program.
    migrations::layout(&connection)?;
    readers::configure(&connection)?;
    migrations::apply(&mut connection)?;
    Ok((lock, connection))
}

/// Opens a data file to read it, also beside the process that writes to it; `None` when its layout is an older one.
pub(crate) fn open_beside(path: &Path) -> Result<Option<Connection>, Error> {
    let connection = readers::open(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let is_newest = migrations::layout(&connection)? == migrations::known();
    Ok(is_newest.then_some(connection))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_write_is_seen_unless_it_is_quiet_or_fails() {
        let store = Store::open(&Data::Memory).unwrap();
        let written = store.written();
        store.write_quietly(|_| Ok::<_, Error>(())).await.unwrap();
        store.write(|_| Err::<(), _>(Error::Closed)).await.unwrap_err();
        assert!(!written.has_changed().unwrap());
        store.write(|_| Ok::<_, Error>(())).await.unwrap();
        assert!(written.has_changed().unwrap());
    }
}
