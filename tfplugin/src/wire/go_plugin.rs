//! The services go-plugin expects beside the provider: a way to end the process and two streams that stay silent.

use std::pin::Pin;

use futures_util::{Stream, StreamExt as _, stream};
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status, Streaming};

use super::proto::goplugin::grpc_broker_server::GrpcBroker;
use super::proto::goplugin::grpc_controller_server::GrpcController;
use super::proto::goplugin::grpc_stdio_server::GrpcStdio;
use super::proto::goplugin::{ConnInfo, Empty, StdioData};

/// A stream of answers of one type.
pub(super) type Answers<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// Ends the process at the host's word.
pub(super) struct Controller(pub(super) CancellationToken);

#[tonic::async_trait]
impl GrpcController for Controller {
    /// Answers first: a graceful stop lets calls in flight finish, and this is one.
    async fn shutdown(&self, _: Request<Empty>) -> Result<Response<Empty>, Status> {
        self.0.cancel();
        Ok(Response::new(Empty {}))
    }
}

/// Carries no output: ours goes to stderr as log lines, and hosts report anything here as unexpected.
pub(super) struct Stdio(pub(super) CancellationToken);

#[tonic::async_trait]
impl GrpcStdio for Stdio {
    type StreamStdioStream = Answers<StdioData>;

    async fn stream_stdio(&self, _: Request<()>) -> Result<Response<Self::StreamStdioStream>, Status> {
        Ok(Response::new(stream::pending().take_until(self.0.clone().cancelled_owned()).boxed()))
    }
}

/// Brokers nothing, since neither side of a provider ever asks for a further connection.
pub(super) struct Broker(pub(super) CancellationToken);

#[tonic::async_trait]
impl GrpcBroker for Broker {
    type StartStreamStream = Answers<ConnInfo>;

    /// Reads on, so that the host's side never blocks, and stays open until the end.
    async fn start_stream(
        &self,
        request: Request<Streaming<ConnInfo>>,
    ) -> Result<Response<Self::StartStreamStream>, Status> {
        let ignored = request.into_inner().filter_map(|_| std::future::ready(None));
        let silence = ignored.chain(stream::pending()).take_until(self.0.clone().cancelled_owned());
        Ok(Response::new(silence.boxed()))
    }
}
