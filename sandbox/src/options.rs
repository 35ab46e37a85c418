//! What a caller chooses about a sandbox; nothing is read from the environment or from fixed paths.

use std::{fmt, path::PathBuf};

/// How one sandbox behaves. The default is an open-source server in memory, open to everyone.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub data: Data,
    pub edition: Edition,
    /// Credentials every call except the open paths must carry; `None` lets everyone in.
    pub auth: Option<BasicAuth>,
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
