//! The gRPC server on a socket: all services, the limits of messages, and a stop that nobody has to wait for.

use std::pin::pin;
use std::time::Duration;

use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tonic::transport::server::Router;
use tonic::transport::{Error, Server};

use super::go_plugin::{Broker, Controller, Stdio};
use super::health::Health;
use super::listener::{self, Connections, Socket};
use super::proto::goplugin::grpc_broker_server::GrpcBrokerServer;
use super::proto::goplugin::grpc_controller_server::GrpcControllerServer;
use super::proto::goplugin::grpc_stdio_server::GrpcStdioServer;
use super::proto::health::health_server::HealthServer;
use super::proto::tfplugin6::provider_server::{Provider, ProviderServer};

/// The largest message in either direction, as in Go's plugins: schemas and states outgrow gRPC's usual 4 MiB.
const MESSAGE_LIMIT: usize = 256 << 20;
/// HTTP/2 windows in bytes, so that messages of megabytes do not wait for an acknowledgement every 64 KiB.
const STREAM_WINDOW: u32 = 2 << 20;
const CONNECTION_WINDOW: u32 = 8 << 20;
/// How long open connections may delay the end of the process; the host waits for it.
const DRAIN: Duration = Duration::from_millis(50);

/// Where clients come in, and how they are kept track of.
pub(super) struct Listening {
    pub(super) socket: Socket,
    /// `None` lets in anybody who reaches the socket.
    pub(super) tls: Option<TlsAcceptor>,
    pub(super) connections: Connections,
}

/// Serves until `end` comes. `shutdown` is cancelled when a client asks for the end of the process, which is `end`'s
/// to heed or not.
pub(super) async fn serve<P: Provider>(
    provider: P,
    Listening { socket, tls, connections }: Listening,
    shutdown: CancellationToken,
    end: impl Future<Output = ()>,
) -> Result<(), Error> {
    let stop = CancellationToken::new();
    let (accepting, incoming) = listener::accept(socket, tls, connections, stop.clone());
    let accepting = tokio::spawn(accepting);
    let router = router(provider, shutdown, &stop);
    let mut serving = pin!(router.serve_with_incoming_shutdown(incoming, stop.clone().cancelled_owned()));

    let served = tokio::select! {
        served = &mut serving => served,
        () = end => {
            stop.cancel();
            timeout(DRAIN, serving).await.unwrap_or(Ok(()))
        }
    };
    stop.cancel();
    // The socket is gone when this task is.
    let _ = accepting.await;
    served
}

fn router<P: Provider>(provider: P, shutdown: CancellationToken, stop: &CancellationToken) -> Router {
    let provider = ProviderServer::new(provider)
        .max_decoding_message_size(MESSAGE_LIMIT)
        .max_encoding_message_size(MESSAGE_LIMIT);
    Server::builder()
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .add_service(provider)
        .add_service(GrpcControllerServer::new(Controller(shutdown)))
        .add_service(GrpcStdioServer::new(Stdio(stop.clone())))
        .add_service(GrpcBrokerServer::new(Broker(stop.clone())))
        .add_service(HealthServer::new(Health(stop.clone())))
}
