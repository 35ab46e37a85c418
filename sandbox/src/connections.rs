//! Connections to the sandbox: not more than a machine can keep, and none that only holds one.
//!
//! axum's own server has neither limit: whoever opens connections and sends a byte now and then would keep all others out.

use std::{future::Future, pin::pin, sync::Arc, time::Duration};

use axum::{Router, serve::Listener};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, sync::Semaphore};

/// Connections at a time; more have to wait until some end.
const LIMIT: usize = 256;

/// How long a client may take for the head of a request, and how long it may keep a connection for the next one. Clients
/// give up an idle connection after 90 seconds at the latest, and have to be first.
const HEAD_PATIENCE: Duration = Duration::from_secs(120);

/// Serves connections until `shutdown` ends, and then those that are in the middle of a call.
pub(crate) async fn serve(mut listener: TcpListener, router: Router, shutdown: impl Future<Output = ()>) {
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_PATIENCE);
    let (graceful, free) = (GracefulShutdown::new(), Arc::new(Semaphore::new(LIMIT)));
    let mut shutdown = pin!(shutdown);
    loop {
        let next = async {
            let place = Arc::clone(&free).acquire_owned().await;
            (place, Listener::accept(&mut listener).await)
        };
        let (place, (stream, _)) = tokio::select! {
            next = next => next,
            () = &mut shutdown => break,
        };
        if let Err(cause) = stream.set_nodelay(true) {
            tracing::debug!(%cause, "a connection stays with Nagle's delay");
        }
        let service = TowerToHyperService::new(router.clone());
        let connection = graceful.watch(builder.serve_connection(TokioIo::new(stream), service).into_owned());
        tokio::spawn(async move {
            // A client that breaks off or talks nonsense is its own problem.
            if let Err(cause) = connection.await {
                tracing::debug!(%cause, "a connection broke");
            }
            drop(place);
        });
    }
    drop(listener);
    graceful.shutdown().await;
}
