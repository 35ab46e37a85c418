//! One accepted connection, whatever carries it, and the count of those open: an orphaned process knows itself by it.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::watch;
use tonic::transport::server::Connected;

/// Bytes in both directions: a socket, or TLS on top of one.
pub(in crate::wire) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// Counts the open connections. `None` until the first, so that one which comes and goes unseen is still known.
#[derive(Clone, Default)]
pub(in crate::wire) struct Connections(watch::Sender<Option<usize>>);

impl Connections {
    /// Counts a connection until it is dropped.
    pub(super) fn open(&self, stream: impl Stream + 'static) -> Connection {
        self.0.send_modify(|open| *open = Some(open.unwrap_or(0) + 1));
        Connection { stream: Box::new(stream), connections: self.clone() }
    }

    /// The number of open connections, and word of each change.
    pub(in crate::wire) fn count(&self) -> watch::Receiver<Option<usize>> {
        self.0.subscribe()
    }
}

/// An open connection of the host.
pub(in crate::wire) struct Connection {
    stream: Box<dyn Stream>,
    connections: Connections,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.connections.0.send_modify(|open| *open = open.map(|open| open - 1));
    }
}

impl Connected for Connection {
    type ConnectInfo = ();

    fn connect_info(&self) {}
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_connections_are_counted() {
        let connections = Connections::default();
        let count = connections.count();
        assert_eq!(*count.borrow(), None);
        let (first, second) = (connections.open(tokio::io::empty()), connections.open(tokio::io::empty()));
        assert_eq!(*count.borrow(), Some(2));
        drop(first);
        assert_eq!(*count.borrow(), Some(1));
        drop(second);
        assert_eq!(*count.borrow(), Some(0));
    }
}
