//! What goes wrong below the HTTP layer: the database, its file and its version.

use std::{path::PathBuf, sync::Arc};

/// A failure of the sandbox's database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot open {}: {source}", path.display())]
    Open { path: PathBuf, source: rusqlite::Error },
    #[error("cannot create the folder of {}: {source}", path.display())]
    Folder { path: PathBuf, source: std::io::Error },
    #[error("it has layout {found}, this program knows layouts up to {known}; use a newer flowsmith")]
    TooNew { found: i64, known: i64 },
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
