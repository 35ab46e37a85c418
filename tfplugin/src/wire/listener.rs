//! Accepts the host's connections: mutual TLS on each when the host asked for it, one task per handshake, so that a
//! stranger who connects and stays silent holds up nobody.

mod connection;
#[cfg(any(windows, test))]
mod tcp;
#[cfg(unix)]
mod unix;

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;

pub(super) use connection::{Connection, Connections, Stream};
#[cfg(windows)]
pub(super) use tcp::Socket;
#[cfg(unix)]
pub(super) use unix::Socket;

/// How long a client may take over its TLS handshake.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long to wait after a failed accept, which a lack of file descriptors would repeat at once.
const ACCEPT_RETRY: Duration = Duration::from_millis(50);
/// Connections that may wait for the server to take them.
const BACKLOG: usize = 8;

/// Where the host connects to, in the two words of the handshake line.
#[derive(Debug)]
pub(super) struct Address {
    /// `unix` or `tcp`.
    pub(super) network: &'static str,
    /// A socket's path, or an address with its port.
    pub(super) address: String,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}|{}", self.network, self.address)
    }
}

/// Why there is nothing to connect to. Each text has its cause in it, which is therefore no `source` as well.
#[derive(Debug, thiserror::Error)]
pub(super) enum ListenError {
    #[error("cannot make a directory for the plugin's socket in {}: {cause}", path.display())]
    Directory { path: PathBuf, cause: io::Error },
    #[error(
        "{} cannot be the address of the plugin's socket: it has to be UTF-8 of at most {longest} bytes, without '|' \
         or line breaks; set TMPDIR to a shorter path",
        path.display()
    )]
    Address { path: PathBuf, longest: usize },
    #[error("cannot listen on {}: {cause}", path.display())]
    Bind { path: PathBuf, cause: io::Error },
    #[error("cannot open {} to the group {group}: {cause}", path.display())]
    Group { path: PathBuf, group: u32, cause: io::Error },
    #[cfg(any(windows, test))]
    #[error("no port from {} to {} on 127.0.0.1 is free: {cause}", ports.start(), ports.end())]
    Ports { ports: std::ops::RangeInclusive<u16>, cause: io::Error },
}

/// Accepts until `stop`, then gives up the socket. The server reads the accepted connections from the stream.
pub(super) fn accept(
    socket: Socket,
    tls: Option<TlsAcceptor>,
    connections: Connections,
    stop: CancellationToken,
) -> (impl Future<Output = ()> + Send, ReceiverStream<io::Result<Connection>>) {
    let (accepted, incoming) = mpsc::channel(BACKLOG);
    let accepting = async move {
        while let Some(stream) = stop.run_until_cancelled(socket.accept()).await {
            match stream {
                Ok(stream) => {
                    tokio::spawn(admit(stream, tls.clone(), connections.clone(), accepted.clone()));
                }
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    tokio::time::sleep(ACCEPT_RETRY).await;
                }
            }
        }
    };
    (accepting, ReceiverStream::new(incoming))
}

/// Hands a client to the server, if it is the one that may come in.
async fn admit(
    stream: impl Stream + 'static,
    tls: Option<TlsAcceptor>,
    connections: Connections,
    accepted: mpsc::Sender<io::Result<Connection>>,
) {
    let connection = match tls {
        None => connections.open(stream),
        Some(tls) => match timeout(HANDSHAKE_TIMEOUT, tls.accept(stream)).await {
            Ok(Ok(stream)) => connections.open(stream),
            Ok(Err(error)) => return tracing::warn!(%error, "refused a connection"),
            Err(_) => return tracing::warn!("gave up on a connection that did not finish its TLS handshake"),
        },
    };
    // A closed channel means that the server has stopped, and the connection with it.
    let _ = accepted.send(Ok(connection)).await;
}
