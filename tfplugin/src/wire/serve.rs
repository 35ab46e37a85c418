//! The life of a provider process, from the host's environment to the exit code.

use std::error::Error;
use std::io::{self, Write as _};
use std::pin::pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tonic::transport::Server;
use tonic::transport::server::Router;

use super::certificate::ServerCertificate;
use super::environment::{Environment, EnvironmentError};
use super::go_plugin::{Broker, Controller, Stdio};
use super::handshake::Handshake;
use super::health::Health;
use super::listener::{self, Connections, ListenError, Socket};
use super::orphan::{self, Parent};
use super::proto::goplugin::grpc_broker_server::GrpcBrokerServer;
use super::proto::goplugin::grpc_controller_server::GrpcControllerServer;
use super::proto::goplugin::grpc_stdio_server::GrpcStdioServer;
use super::proto::health::health_server::HealthServer;
use super::proto::tfplugin6::provider_server::{Provider, ProviderServer};
use crate::logging::{self, Program};

/// The largest message in either direction, as in Go's plugins: schemas and states outgrow gRPC's usual 4 MiB.
const MESSAGE_LIMIT: usize = 256 << 20;
/// HTTP/2 windows in bytes, so that messages of megabytes do not wait for an acknowledgement every 64 KiB.
const STREAM_WINDOW: u32 = 2 << 20;
const CONNECTION_WINDOW: u32 = 8 << 20;
/// How long open connections may delay the end of the process; the host waits for it.
const DRAIN: Duration = Duration::from_millis(50);

/// Why a process cannot serve, or cannot go on.
#[derive(Debug, thiserror::Error)]
pub(super) enum ServeError {
    #[error(transparent)]
    Environment(#[from] EnvironmentError),
    #[error("cannot start the async runtime")]
    Runtime(#[source] io::Error),
    #[error("cannot ignore the interrupts meant for the host")]
    Interrupts(#[source] io::Error),
    #[error("cannot make a certificate")]
    Certificate(#[from] rcgen::Error),
    #[error("cannot set up TLS")]
    Tls(#[from] rustls::Error),
    #[error(transparent)]
    Listen(#[from] ListenError),
    #[error("cannot tell the host on stdout where to connect")]
    Handshake(#[source] io::Error),
    #[error("the gRPC server failed")]
    Transport(#[from] tonic::transport::Error),
}

/// Serves the provider `make` gives to the host that started this process, until that host is done with it.
///
/// To be called from `main` and to give its exit code. A process that no host started says so on stderr and makes no
/// provider.
pub(crate) fn run<P: Provider>(program: &Program, make: impl FnOnce() -> P) -> ExitCode {
    match start(program, make) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell if stderr is closed as well.
            let _ = writeln!(io::stderr(), "{}", message(&error));
            ExitCode::FAILURE
        }
    }
}

fn start<P: Provider>(program: &Program, make: impl FnOnce() -> P) -> Result<(), ServeError> {
    let environment = Environment::read(|name| std::env::var_os(name))?;
    logging::install(program, |name| std::env::var_os(name));
    let runtime = runtime().map_err(ServeError::Runtime)?;
    let served = runtime.block_on(serve(environment, make()));
    // Work of a host that is gone is nothing to wait for.
    runtime.shutdown_background();
    served
}

fn runtime() -> io::Result<Runtime> {
    let workers = available_parallelism().map_or(2, |cores| cores.get().clamp(2, 4));
    Builder::new_multi_thread().worker_threads(workers).enable_all().build()
}

/// A plain sentence for a human who started the program; for the host a log line with its level.
fn message(error: &ServeError) -> String {
    if let ServeError::Environment(error @ EnvironmentError::NotStartedByHost) = error {
        return error.to_string();
    }
    let causes = std::iter::successors(Some(error as &dyn Error), |&error| error.source());
    format!("[ERROR] {}", causes.map(ToString::to_string).collect::<Vec<_>>().join(": "))
}

async fn serve<P: Provider>(environment: Environment, provider: P) -> Result<(), ServeError> {
    let parent = Parent::note();
    ignore_interrupts().map_err(ServeError::Interrupts)?;
    let (certificate, tls) = environment.client_certificate.clone().map(mutual_tls).transpose()?.unzip();
    let socket = Socket::bind(&environment)?;
    if !environment.speaks_protocol {
        tracing::warn!("the host offers no protocol version that this provider speaks");
    }
    Handshake {
        address: socket.address(),
        certificate: certificate.as_ref(),
        answers_multiplexing: environment.asks_for_multiplexing,
    }
    .announce()
    .map_err(ServeError::Handshake)?;
    serve_on(socket, tls, provider, parent).await
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

async fn serve_on<P: Provider>(
    socket: Socket,
    tls: Option<TlsAcceptor>,
    provider: P,
    parent: Parent,
) -> Result<(), ServeError> {
    let stop = CancellationToken::new();
    let connections = Connections::default();
    let open = connections.count();
    let (accepting, incoming) = listener::accept(socket, tls, connections, stop.clone());
    let accepting = tokio::spawn(accepting);
    let mut serving =
        pin!(router(provider, &stop).serve_with_incoming_shutdown(incoming, stop.clone().cancelled_owned()));

    let served = tokio::select! {
        served = &mut serving => served,
        () = end(&stop, open, &parent) => {
            stop.cancel();
            timeout(DRAIN, serving).await.unwrap_or(Ok(()))
        }
    };
    stop.cancel();
    // The socket is gone when this task is.
    let _ = accepting.await;
    Ok(served?)
}

/// Waits for the host's `Shutdown`, or for signs that there is no host to send one.
async fn end(stop: &CancellationToken, connections: watch::Receiver<Option<usize>>, parent: &Parent) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = orphan::disconnected(connections) => tracing::warn!("the host has disconnected without a word"),
        () = parent.died() => tracing::warn!("the process that started this provider is gone"),
    }
}

fn router<P: Provider>(provider: P, stop: &CancellationToken) -> Router {
    let provider = ProviderServer::new(provider)
        .max_decoding_message_size(MESSAGE_LIMIT)
        .max_encoding_message_size(MESSAGE_LIMIT);
    Server::builder()
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .add_service(provider)
        .add_service(GrpcControllerServer::new(Controller(stop.clone())))
        .add_service(GrpcStdioServer::new(Stdio(stop.clone())))
        .add_service(GrpcBrokerServer::new(Broker(stop.clone())))
        .add_service(HealthServer::new(Health(stop.clone())))
}
