//! What is being done while the engine is made ready, for whoever waits.

use std::fmt;

use schema::KestraLine;

/// A step on the way; its text is a line for people.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// Another process builds the engine at the moment.
    Waiting,
    /// Maven resolves Kestra and compiles.
    Resolving {
        /// The line.
        line: KestraLine,
        /// The version of the line that is published.
        version: String,
    },
    /// A file has come from a repository.
    Downloaded {
        /// The file's name.
        name: String,
        /// How many have come by now.
        count: usize,
    },
}

impl fmt::Display for Progress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Waiting => write!(out, "waiting for another process that builds Kestra's engine"),
            Self::Resolving { version, .. } => write!(out, "resolving Kestra {version}"),
            Self::Downloaded { name, count } => write!(out, "downloaded {name} ({count} files)"),
        }
    }
}
