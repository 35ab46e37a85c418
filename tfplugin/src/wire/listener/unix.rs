//! A Unix socket in a directory of its own, which nobody else may enter and which goes away with the process.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tokio::net::{UnixListener, UnixStream};

use super::{Address, ListenError};
use crate::wire::environment::SocketSettings;

/// The longest path a socket can have: macOS keeps 104 bytes for it, the last of them a zero; Linux a few more.
const LONGEST_PATH: usize = 103;
/// Where sockets go when the user's own directory for temporary files does not do.
const FALLBACK_DIR: &str = "/tmp";

/// A bound socket; dropping it removes the file and its directory.
#[derive(Debug)]
pub(in crate::wire) struct Socket {
    listener: UnixListener,
    address: Address,
    _directory: TempDir,
}

impl Socket {
    /// Binds in the host's directory, or else in the first of `TMPDIR` and `/tmp` that can hold a socket.
    pub(in crate::wire) fn bind(settings: &SocketSettings) -> Result<Self, ListenError> {
        let bind = |base: &Path| Self::bind_in(base, settings.group);
        if let Some(base) = &settings.directory {
            return bind(base);
        }
        let fallback = Path::new(FALLBACK_DIR);
        match &settings.temp_dir {
            None => bind(fallback),
            Some(base) => bind(base).or_else(|error| {
                tracing::debug!(%error, "falling back to {FALLBACK_DIR}");
                // The user can mend the first failure, so that is the one to report.
                bind(fallback).map_err(|_| error)
            }),
        }
    }

    /// Where it listens.
    pub(in crate::wire) fn address(&self) -> &Address {
        &self.address
    }

    /// Waits for the next client.
    pub(super) async fn accept(&self) -> io::Result<UnixStream> {
        Ok(self.listener.accept().await?.0)
    }

    fn bind_in(base: &Path, group: Option<u32>) -> Result<Self, ListenError> {
        let directory = std::path::absolute(base)
            .and_then(|base| private_directory(&base))
            .map_err(|cause| ListenError::Directory { path: base.to_owned(), cause })?;
        let path = directory.path().join("socket");
        let address = Address { network: "unix", address: printable(&path)? };
        let listener =
            UnixListener::bind(&path).map_err(|cause| ListenError::Bind { path: path.clone(), cause })?;
        if let Some(group) = group {
            admit_group(directory.path(), 0o710, group)?;
            admit_group(&path, 0o660, group)?;
        }
        Ok(Self { listener, address, _directory: directory })
    }
}

fn private_directory(base: &Path) -> io::Result<TempDir> {
    tempfile::Builder::new().prefix("plugin").permissions(Permissions::from_mode(0o700)).tempdir_in(base)
}

/// Checks that the path fits into a socket's address and into a field of the handshake line.
fn printable(path: &Path) -> Result<String, ListenError> {
    path.to_str()
        .filter(|path| path.len() <= LONGEST_PATH && !path.contains(['|', '\n', '\r']))
        .map(str::to_owned)
        .ok_or_else(|| ListenError::Address { path: path.to_owned(), longest: LONGEST_PATH })
}

fn admit_group(path: &Path, mode: u32, group: u32) -> Result<(), ListenError> {
    chown(path, None, Some(group))
        .and_then(|()| fs::set_permissions(path, Permissions::from_mode(mode)))
        .map_err(|cause| ListenError::Group { path: PathBuf::from(path), group, cause })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt as _;

    use super::*;
    use crate::wire::environment::tests::read;

    fn settings(name: &str, directory: &Path) -> SocketSettings {
        read(&[(name, directory.to_str().unwrap())]).unwrap().socket
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o777
    }

    #[tokio::test]
    async fn the_directory_is_private_and_goes_away() {
        let base = tempfile::tempdir_in("/tmp").unwrap();
        for variable in ["TMPDIR", "PLUGIN_UNIX_SOCKET_DIR"] {
            let socket = Socket::bind(&settings(variable, base.path())).unwrap();
            let path = PathBuf::from(&socket.address().address);
            let directory = path.parent().unwrap();
            assert_eq!(directory.parent(), Some(base.path()), "{variable}");
            assert_eq!(mode(directory), 0o700, "{variable}");
            drop(socket);
            assert_eq!(fs::read_dir(base.path()).unwrap().count(), 0, "{variable}");
        }
    }

    #[tokio::test]
    async fn a_temp_dir_that_cannot_hold_a_socket_is_left_alone() {
        let base = tempfile::tempdir_in("/tmp").unwrap();
        for name in ["x".repeat(100), "a|b".to_owned(), "line\nbreak".to_owned()] {
            let directory = base.path().join(name);
            fs::create_dir(&directory).unwrap();
            let socket = Socket::bind(&settings("TMPDIR", &directory)).unwrap();
            assert!(socket.address().address.starts_with("/tmp/plugin"), "{:?}", socket.address());
            assert_eq!(fs::read_dir(&directory).unwrap().count(), 0);
        }
        let socket = Socket::bind(&settings("TMPDIR", Path::new("/no/such/directory"))).unwrap();
        assert!(socket.address().address.starts_with("/tmp/plugin"), "{:?}", socket.address());
    }

    #[tokio::test]
    async fn the_hosts_directory_is_not_a_suggestion() {
        let base = tempfile::tempdir_in("/tmp").unwrap();
        let directory = base.path().join("x".repeat(100));
        fs::create_dir(&directory).unwrap();
        let error = Socket::bind(&settings("PLUGIN_UNIX_SOCKET_DIR", &directory)).unwrap_err();
        assert!(matches!(error, ListenError::Address { .. }), "{error}");
        let missing = base.path().join("missing");
        let error = Socket::bind(&settings("PLUGIN_UNIX_SOCKET_DIR", &missing)).unwrap_err();
        assert!(matches!(error, ListenError::Directory { .. }), "{error}");
    }

    #[tokio::test]
    async fn a_group_may_reach_the_socket_and_nothing_else() {
        let base = tempfile::tempdir_in("/tmp").unwrap();
        let own_group = fs::metadata(base.path()).unwrap().gid();
        let socket = Socket::bind_in(base.path(), Some(own_group)).unwrap();
        let path = Path::new(&socket.address().address);
        assert_eq!((mode(path.parent().unwrap()), mode(path)), (0o710, 0o660));
        assert_eq!(fs::metadata(path).unwrap().gid(), own_group);
    }
}
