//! What can go wrong with the engine, and what helps.

use std::{io, path::PathBuf, time::Duration};

use schema::KestraLine;

use crate::machine::OLDEST_JAVA;

/// Why the engine is not there or does not answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The machine has no JDK that is new enough.
    #[error(
        "Kestra's engine needs a JDK of Java {OLDEST_JAVA} or newer, and there is none: not in JAVA_HOME, not on PATH, \
         not in the usual folders; install one (for example from https://adoptium.net) or set JAVA_HOME"
    )]
    NoJdk,
    /// The machine has no Maven.
    #[error(
        "Kestra's engine is built with Maven, and `mvn` is not on PATH; install it with the system's package manager \
         or from https://maven.apache.org/download.cgi"
    )]
    NoMaven,
    /// Nowhere to keep what is built.
    #[error("there is no folder for caches: set XDG_CACHE_HOME to an absolute path, or HOME")]
    NoCache,
    /// A file or folder of the cache, or a temporary one.
    #[error("can't {doing} {}: {cause}", path.display())]
    File {
        /// What was tried, such as `write`.
        doing: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// Maven has failed; most often it can't reach a repository.
    #[error("Maven can't build the engine of Kestra {line}:\n{said}")]
    Maven {
        /// The line that was built.
        line: KestraLine,
        /// Maven's own words.
        said: String,
    },
    /// A program that is there does not start.
    #[error("can't start {}: {cause}", program.display())]
    Start {
        /// The program.
        program: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// No answer in time.
    #[error("Kestra's engine has not answered within {} s\n{log}", limit.as_secs())]
    TooLate {
        /// How long it had.
        limit: Duration,
        /// The end of what Kestra has logged.
        log: String,
    },
    /// The process has ended although more was wanted of it.
    #[error("Kestra's engine has ended ({status})\n{log}")]
    Ended {
        /// How it ended, in the system's words.
        status: String,
        /// The end of what Kestra has logged.
        log: String,
    },
    /// An answer that is no JSON, or not of the shape that was agreed.
    #[error("Kestra's engine has answered `{answer}`: {cause}")]
    Answer {
        /// The line.
        answer: String,
        /// What is wrong with it.
        #[source]
        cause: serde_json::Error,
    },
    /// Kestra does not do what it was asked for.
    #[error("{0}")]
    Refused(String),
}

impl Error {
    /// For `map_err` of what touches files.
    pub(crate) fn file(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |cause| Self::File { doing, path, cause }
    }

    /// Whether the machine lacks something that people install; everything else is a failure.
    #[must_use]
    pub fn is_missing_tool(&self) -> bool {
        matches!(self, Self::NoJdk | Self::NoMaven)
    }
}
