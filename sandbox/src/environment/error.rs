//! Why an environment was not exported or not imported: the data, the archive, or what both hold together.

use std::path::PathBuf;

/// An environment that was not exported or not imported. Nothing was written to the data then.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The data can't be opened, read or written.
    #[error("the sandbox's data: {0}")]
    Store(#[from] crate::store::Error),
    /// There is nothing to export.
    #[error("there is no data of a sandbox at {}", .0.display())]
    NoData(PathBuf),
    /// An export only reads, so it can't bring a file up to date.
    #[error("{} was written by an older flowsmith; start this sandbox on it once, which brings it up to date", .0.display())]
    OldData(PathBuf),
    /// An import into data that is in use.
    #[error("{} holds {found} already; import into new data, or add to it with a merge", path.display())]
    NotEmpty {
        /// The data file.
        path: PathBuf,
        /// The first kind of object that was found.
        found: &'static str,
    },
    /// A merge that would put a file below a file.
    #[error("{path} of namespace {namespace} would lie below a file")]
    BelowFile {
        /// The namespace of both files.
        namespace: String,
        /// The lower one.
        path: String,
    },
    /// The archive can't be read or written at all.
    #[error("the archive: {0}")]
    Archive(#[from] zip::result::ZipError),
    /// The archive's file can't be read or written.
    #[error("the archive: {0}")]
    File(#[from] std::io::Error),
    /// A newer flowsmith wrote the archive.
    #[error(
        "the archive has version {found}, this program reads versions up to {known}; use a newer flowsmith"
    )]
    TooNew {
        /// The archive's version.
        found: u64,
        /// The newest version that can be read.
        known: u64,
    },
    /// The archive is not what an export writes.
    #[error("the archive is damaged: {entry}: {reason}")]
    Damaged {
        /// The file in the archive, with the line where there are lines.
        entry: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl From<rusqlite::Error> for Error {
    fn from(cause: rusqlite::Error) -> Error {
        Error::Store(cause.into())
    }
}

/// Something is wrong in a file of the archive.
pub(super) fn damaged(entry: &str, reason: impl ToString) -> Error {
    Error::Damaged { entry: entry.to_owned(), reason: reason.to_string() }
}
