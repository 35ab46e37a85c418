//! Why a sandbox could not start or had to end; faults of single calls are answers, see `fault`.

/// A sandbox that could not start or had to end.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The data file can't be opened, is damaged, or was written by a newer program.
    #[error("the sandbox's data: {0}")]
    Store(#[from] crate::store::Error),
    /// The socket could not be bound or served.
    #[error("the sandbox's socket: {0}")]
    Socket(#[from] std::io::Error),
}
