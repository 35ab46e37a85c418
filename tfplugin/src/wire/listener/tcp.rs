//! A TCP port on the loopback interface, for systems without Unix sockets; every local user can reach it, which is why
//! it is used nowhere else.

use std::io;
use std::net::{Ipv4Addr, TcpListener as StdListener};
use std::ops::RangeInclusive;

use tokio::net::{TcpListener, TcpStream};

use super::{Address, ListenError};
use crate::wire::environment::SocketSettings;

/// A bound port.
#[derive(Debug)]
pub(in crate::wire) struct Socket {
    listener: TcpListener,
    address: Address,
}

impl Socket {
    /// Binds the first free port of the host's range.
    pub(in crate::wire) fn bind(settings: &SocketSettings) -> Result<Self, ListenError> {
        let ports = settings.ports.clone();
        listen(&ports).map_err(|cause| ListenError::Ports { ports, cause })
    }

    /// Where it listens.
    pub(in crate::wire) fn address(&self) -> &Address {
        &self.address
    }

    /// Waits for the next client.
    pub(super) async fn accept(&self) -> io::Result<TcpStream> {
        let (stream, _) = self.listener.accept().await?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }
}

fn listen(ports: &RangeInclusive<u16>) -> io::Result<Socket> {
    let mut listener = Err(io::ErrorKind::AddrInUse.into());
    for port in ports.clone() {
        listener = StdListener::bind((Ipv4Addr::LOCALHOST, port));
        if listener.is_ok() {
            break;
        }
    }
    let listener = listener?;
    listener.set_nonblocking(true)?;
    let address = Address { network: "tcp", address: listener.local_addr()?.to_string() };
    Ok(Socket { listener: TcpListener::from_std(listener)?, address })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::environment::tests::read;

    fn bind(first: u16, last: u16) -> Result<Socket, ListenError> {
        let (first, last) = (first.to_string(), last.to_string());
        Socket::bind(&read(&[("PLUGIN_MIN_PORT", &first), ("PLUGIN_MAX_PORT", &last)]).unwrap().socket)
    }

    #[tokio::test]
    async fn the_first_free_port_is_taken() {
        let taken = StdListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = bind(port, port).unwrap_err();
        assert!(
            error.to_string().starts_with(&format!("no port from {port} to {port} on 127.0.0.1 is free"))
        );

        let socket = bind(port, port.saturating_add(50)).unwrap();
        assert_ne!(socket.address().address, format!("127.0.0.1:{port}"));
        let client = TcpStream::connect(&socket.address().address).await.unwrap();
        let accepted = socket.accept().await.unwrap();
        assert_eq!(client.local_addr().unwrap(), accepted.peer_addr().unwrap());
    }

    #[tokio::test]
    async fn no_range_means_any_port() {
        let socket = Socket::bind(&read(&[]).unwrap().socket).unwrap();
        assert!(!socket.address().address.ends_with(":0"), "{:?}", socket.address());
    }
}
