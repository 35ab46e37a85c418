//! The life of a process that a host started: it greets that host, serves it alone and ends with it.

use std::io;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use super::certificate::ServerCertificate;
use super::environment::Environment;
use super::grpc::{self, Listening};
use super::handshake::Handshake;
use super::listener::{Connections, Socket};
use super::orphan::{self, Parent};
use super::proto::tfplugin6::provider_server::Provider;
use super::serve::ServeError;

/// Serves until the host says `Shutdown`, or is gone.
pub(super) async fn serve<P: Provider>(environment: Environment, provider: P) -> Result<(), ServeError> {
    let parent = Parent::note();
    ignore_interrupts().map_err(ServeError::Interrupts)?;
    let (certificate, tls) = environment.client_certificate.map(mutual_tls).transpose()?.unzip();
    let socket = Socket::bind(&environment.socket)?;
    tracing::debug!(socket = socket.address().address, "listening");
    if !environment.speaks_protocol {
        tracing::warn!("the host offers no protocol version that this provider speaks");
    }
    Handshake {
        address: socket.address(),
        certificate: certificate.as_ref(),
        answers_multiplexing: environment.asks_for_multiplexing,
    }
    .announce()
    .map_err(ServeError::Announcement)?;
    let connections = Connections::default();
    let shutdown = CancellationToken::new();
    let end = end(shutdown.clone(), connections.count(), parent);
    Ok(grpc::serve(provider, Listening { socket, tls, connections }, shutdown, end).await?)
}

/// Interrupts reach the whole foreground process group; the host decides what they mean and calls `StopProvider`.
///
/// A handler that nobody reads from stays in place for the life of the process.
fn ignore_interrupts() -> io::Result<()> {
    #[cfg(unix)]
    let _ = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())?;
    #[cfg(windows)]
    let _ = tokio::signal::windows::ctrl_c()?;
    Ok(())
}

fn mutual_tls(client: CertificateDer<'static>) -> Result<(CertificateDer<'static>, TlsAcceptor), ServeError> {
    let certificate = ServerCertificate::generate()?;
    let der = certificate.der().clone();
    Ok((der, TlsAcceptor::from(Arc::new(certificate.server_config(client)?))))
}

/// Waits for the host's `Shutdown`, or for signs that there is no host to send one.
async fn end(shutdown: CancellationToken, connections: watch::Receiver<Option<usize>>, parent: Parent) {
    tokio::select! {
        () = shutdown.cancelled() => {}
        () = orphan::disconnected(connections) => tracing::warn!("the host has disconnected without a word"),
        () = parent.died() => tracing::warn!("the process that started this provider is gone"),
    }
}
