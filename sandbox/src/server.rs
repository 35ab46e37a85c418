//! Starting and stopping: the caller owns the socket and the stop signal.

use std::{future::Future, net::SocketAddr, sync::Arc, time::Duration};

use axum::extract::DefaultBodyLimit;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::{app::App, call::BODY_LIMIT, connections, dispatch::answer, error::Error, options::Options};

/// How long calls in flight may take to end once the sandbox is told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// Serves a sandbox on `listener` until `shutdown` ends; when it returns, everything acknowledged is on disk.
///
/// # Errors
/// The data file can't be used, or the socket fails.
pub async fn run(
    listener: TcpListener,
    options: Options,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    serve(listener, App::open(options).await?, shutdown).await
}

async fn serve(
    listener: TcpListener,
    app: Arc<App>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let (stop, mut stopping) = watch::channel(false);
    let followed = Arc::clone(&app);
    let signal = async move {
        shutdown.await;
        followed.changes.end();
        let _ = stop.send(true);
    };
    let router = axum::Router::new()
        .fallback(answer)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(Arc::clone(&app));
    let served = connections::serve(listener, router, signal);
    let overdue = async {
        let _ = stopping.wait_for(|stop| *stop).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        () = served => (),
        () = overdue => (),
    }
    app.store.close().await;
    Ok(())
}

/// A sandbox on a free port of the loopback interface, for tests and the command line.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    serving: JoinHandle<Result<(), Error>>,
}

impl Sandbox {
    /// Starts a sandbox in the current runtime; it answers when this returns.
    ///
    /// # Errors
    /// The data file can't be used, or no port is free.
    pub async fn start(options: Options) -> Result<Sandbox, Error> {
        let app = App::open(options).await?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let (stop, mut stopping) = watch::channel(false);
        let signal = async move {
            // A dropped handle stops the sandbox too.
            let _ = stopping.wait_for(|stop| *stop).await;
        };
        Ok(Sandbox { address, stop, serving: tokio::spawn(serve(listener, app, signal)) })
    }

    /// The base URL, such as `http://127.0.0.1:40123`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Lets calls in flight end, and returns when everything acknowledged is on disk.
    ///
    /// # Errors
    /// The socket failed while the sandbox was serving.
    pub async fn stop(self) -> Result<(), Error> {
        let _ = self.stop.send(true);
        self.serving.await.map_err(std::io::Error::other)?
    }
}
