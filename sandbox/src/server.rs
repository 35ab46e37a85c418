//! From a socket to a route and back: the caller owns the socket and the stop signal.

use std::{future::Future, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::{DefaultBodyLimit, Request, State},
    http::{Method, StatusCode, header},
    response::Response,
    serve::ListenerExt,
};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::{
    app::App,
    auth,
    call::{BODY_LIMIT, Call, Query, media_type},
    error::Error,
    fault::Fault,
    options::Options,
    router::Match,
};

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
    let signal = async move {
        shutdown.await;
        let _ = stop.send(true);
    };
    let router = axum::Router::new()
        .fallback(answer)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(Arc::clone(&app));
    let listener = listener.tap_io(|stream| {
        if let Err(cause) = stream.set_nodelay(true) {
            tracing::debug!(%cause, "a connection stays with Nagle's delay");
        }
    });
    let served = axum::serve(listener, router)
        .with_graceful_shutdown(signal)
        .into_future();
    let overdue = async {
        let _ = stopping.wait_for(|stop| *stop).await;
        tokio::time::sleep(GRACE).await;
    };
    let served = tokio::select! {
        served = served => served,
        () = overdue => Ok(()),
    };
    app.store.close().await;
    Ok(served?)
}

/// Answers any request; a log line holds method, path and status, never values.
async fn answer(State(app): State<Arc<App>>, request: Request) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let href = uri.path_and_query().map_or(uri.path(), |whole| whole.as_str());
    let reply = match dispatch(app, request).await {
        Ok(response) => response,
        Err(fault) => {
            if fault.status() == StatusCode::INTERNAL_SERVER_ERROR {
                tracing::warn!(%method, path = uri.path(), "a call failed");
            }
            fault.answer(href)
        }
    };
    tracing::debug!(%method, path = uri.path(), status = reply.status().as_u16(), "answered");
    if method == Method::HEAD {
        without_body(reply)
    } else {
        reply
    }
}

async fn dispatch(app: Arc<App>, request: Request) -> Result<Response, Fault> {
    let (method, path) = (request.method(), request.uri().path());
    let found = app.find(method, path, &media_type(request.headers()));
    if let Some(Ok(found)) = &found {
        only_main(found)?;
    }
    if path.starts_with("/api/") {
        auth::check(app.auth.as_ref(), app.edition, path, request.headers())?;
    }
    let found = found.ok_or(Fault::NotFound)??;
    acceptable(&request)?;
    let query = Query::parse(request.uri().query().unwrap_or_default());
    let call = Call {
        app: Arc::clone(&app),
        variables: found.variables,
        query,
        request,
    };
    found.route.handle(call).await
}

impl App {
    /// A path without a tenant is tried again below `main`, when nothing else fits.
    fn find(&self, method: &Method, path: &str, media_type: &str) -> Option<Result<Match<'_>, Fault>> {
        let alias = || {
            let rest = path.strip_prefix("/api/v1/")?;
            let found = self
                .router
                .find(method, &format!("/api/v1/main/{rest}"), media_type)?;
            Some(found.map_err(|fault| match fault {
                Fault::Method { method, allowed, .. } => Fault::Method {
                    method,
                    path: path.into(),
                    allowed,
                },
                other => other,
            }))
        };
        self.router.find(method, path, media_type).or_else(alias)
    }
}

/// Open-source Kestra has one tenant, and says so before it asks for credentials.
fn only_main(found: &Match<'_>) -> Result<(), Fault> {
    match found.variables.iter().find(|(name, _)| name == "tenant") {
        Some((_, tenant)) if tenant != "main" => {
            Err(Fault::BadRequest("Tenant must be 'main' for OSS version".into()))
        }
        _ => Ok(()),
    }
}

/// Every answer is JSON or raw bytes; a client that insists on something else is told so.
fn acceptable(request: &Request) -> Result<(), Fault> {
    let Some(given) = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
    else {
        return Ok(());
    };
    const SERVED: [&str; 5] = [
        "*/*",
        "application/*",
        "application/json",
        "application/octet-stream",
        "text/json",
    ];
    let served = |range: &str| {
        let range = range.split(';').next().unwrap_or_default().trim();
        SERVED.iter().any(|known| known.eq_ignore_ascii_case(range)) || range.is_empty()
    };
    if given.split(',').any(served) {
        return Ok(());
    }
    Err(Fault::Accept {
        given: given.into(),
        supported: "application/json",
    })
}

fn without_body(reply: Response) -> Response {
    let (mut head, _) = reply.into_parts();
    head.headers.remove(header::CONTENT_TYPE);
    Response::from_parts(head, Body::empty())
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
        Ok(Sandbox {
            address,
            stop,
            serving: tokio::spawn(serve(listener, app, signal)),
        })
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
