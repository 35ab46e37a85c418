//! What Kestra logs while it runs: kept in a file, and shown when something fails.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    process::Stdio,
};

use crate::error::Error;

/// As much of the end of a log as a person reads.
const SHOWN: u64 = 8 * 1024;

/// The standard error of a process.
#[derive(Debug)]
pub(crate) struct Log(File);

impl Log {
    pub(crate) fn new() -> Result<Self, Error> {
        tempfile::tempfile().map(Self).map_err(Error::file("create a file in", std::env::temp_dir()))
    }

    /// The end for the process to write to.
    pub(crate) fn stdio(&self) -> Result<Stdio, Error> {
        let shared = self.0.try_clone().map_err(Error::file("open the log in", std::env::temp_dir()))?;
        Ok(Stdio::from(shared))
    }

    /// The last lines, to explain a failure.
    pub(crate) fn tail(&self) -> String {
        let mut bytes = Vec::new();
        let mut file = &self.0;
        let from = self.0.metadata().map_or(0, |file| file.len()).saturating_sub(SHOWN);
        let read = file.seek(SeekFrom::Start(from)).and_then(|_| file.read_to_end(&mut bytes));
        read.map_or_else(|error| error.to_string(), |_| String::from_utf8_lossy(&bytes).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn the_end_of_a_long_log_is_shown() {
        let log = Log::new().expect("a temporary file");
        assert_eq!(log.tail(), "");
        writeln!(&log.0, "{}\nthe end", "x".repeat(100_000)).expect("a writable file");
        let tail = log.tail();
        assert!(tail.len() <= 8 * 1024 && tail.ends_with("the end\n"), "{} bytes", tail.len());
    }
}
