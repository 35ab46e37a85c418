//! What goes wrong below the HTTP layer: the database, its file and its version.

use std::{path::PathBuf, sync::Arc};

/// A failure of the sandbox's database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot open {}: {source}", path.display())]
    Open { path: PathBuf, source: rusqlite::Error },
    #[error("cannot create the folder of {}: {source}", path.display())]
    Folder { path: PathBuf, source: std::io::Error },
    #[error("{} is no data file of a sandbox", path.display())]
    Foreign { path: PathBuf },
    #[error(
        "{} has layout {found}, this program knows layouts up to {known}; use a newer flowsmith",
        path.display()
    )]
    TooNew { path: PathBuf, found: i64, known: i64 },
    /// Two processes would not see each other's writes where they wait for them.
    #[error("{} is in use by {holder}; stop it, or use other data", path.display())]
    InUse { path: PathBuf, holder: String },
    #[error("cannot lock {}: {source}", path.display())]
    Lock { path: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
    /// The transaction a write was part of could not be committed, so the write did not happen.
    #[error("the write could not be committed: {0}")]
    Commit(Arc<rusqlite::Error>),
    #[error("a stored document is damaged: {0}")]
    Damaged(#[from] serde_json::Error),
    /// A mistake in the sandbox itself; what the job had changed is undone.
    #[error("the sandbox failed on this call; nothing was written")]
    Panicked,
    #[error("cannot start the writer: {0}")]
    Thread(std::io::Error),
    #[error("the sandbox is stopping")]
    Closed,
}
