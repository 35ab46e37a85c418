//! What a caller chooses about a sandbox; nothing is read from the environment or from fixed paths.

use std::{fmt, path::PathBuf};

use engine::Engine;
use schema::KestraLine;

/// How one sandbox behaves. The default is an open-source server in memory, open to everyone.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub data: Data,
    pub edition: Edition,
    /// The Kestra to answer as.
    pub emulate: Release,
    /// Credentials every call except the open paths must carry; `None` lets everyone in.
    pub auth: Option<BasicAuth>,
    /// Kestra's own engine, which executes flows; without one executions stay `CREATED`.
    pub engine: Option<Engine>,
}

/// Where the sandbox keeps what it is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Data {
    /// Gone when the sandbox stops.
    #[default]
    Memory,
    /// A SQLite file, created with its folder when missing. Its journal lies beside it (`-wal`, `-shm`).
    File(PathBuf),
}

/// The edition of Kestra the sandbox answers as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edition {
    /// Open source: namespaces are implicit and secrets read-only.
    #[default]
    Oss,
    /// Enterprise: namespaces are objects, and the password is accepted as an API token too.
    Ee,
}

/// The release of Kestra the sandbox answers as. It decides routes, bodies and the shape of errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Release {
    /// 1.3.34.
    #[default]
    V1_3,
    /// 2.0.0, whose errors are problem documents (RFC 9457).
    V2_0,
    /// 2.0 as it was built in July 2026: its errors still had the shape of 1.3.
    V2_0Snapshot,
}

/// The shape of an error's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorFormat {
    /// 1.3's: a message with links, and the single errors embedded.
    Hal,
    /// 2.0's: a problem document.
    Problem,
}

impl Release {
    /// Every release.
    pub const ALL: [Release; 3] = [Release::V1_3, Release::V2_0, Release::V2_0Snapshot];

    /// Version, line and error format: the table everything else is derived from.
    fn facts(self) -> (&'static str, KestraLine, ErrorFormat) {
        match self {
            Release::V1_3 => ("1.3.34", KestraLine::V1_3, ErrorFormat::Hal),
            Release::V2_0 => ("2.0.0", KestraLine::V2_0, ErrorFormat::Problem),
            Release::V2_0Snapshot => ("2.0.0-SNAPSHOT", KestraLine::V2_0, ErrorFormat::Hal),
        }
    }

    /// The version in `GET /api/v1/configs`.
    pub(crate) fn version(self) -> &'static str {
        self.facts().0
    }

    /// The line it belongs to.
    #[must_use]
    pub fn line(self) -> KestraLine {
        self.facts().1
    }

    pub(crate) fn errors(self) -> ErrorFormat {
        self.facts().2
    }
}

impl Edition {
    /// The edition's name in `GET /api/v1/configs`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Edition::Oss => "OSS",
            Edition::Ee => "EE",
        }
    }
}

/// The one user a sandbox knows.
#[derive(Clone, PartialEq, Eq)]
pub struct BasicAuth {
    pub username: String,
    pub password: String,
}

impl fmt::Debug for BasicAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BasicAuth").field("username", &self.username).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_password() {
        let auth = BasicAuth { username: "ann".into(), password: "hunter22".into() };
        let shown = format!("{:?}", Options { auth: Some(auth), ..Options::default() });
        assert!(shown.contains("ann") && !shown.contains("hunter22"), "{shown}");
    }
}
