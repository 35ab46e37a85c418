//! A server between a client and the sandbox that fails on request: what a network, a gateway or a server in trouble does,
//! which the sandbox itself never does.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// How a request fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is answered with this status, and the server never sees it.
    Status(u16),
    /// It is never answered, and the server never sees it.
    Silence,
    /// The server does what it asks for, and the answer is a gateway's 502.
    LostAnswer,
}

/// A running proxy; it stops when the value is dropped.
#[derive(Debug)]
pub struct Proxy {
    url: String,
    shared: Arc<Shared>,
    serving: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    server: String,
    http: reqwest::Client,
    faults: Mutex<VecDeque<(Method, &'static str, Fault)>>,
    failed: Notify,
}

impl Proxy {
    /// Starts a proxy before the server at `url`, on a free port.
    ///
    /// # Panics
    /// No port is free.
    pub async fn before(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let http = reqwest::Client::builder().no_proxy().build().expect("a client without special wishes");
        let (faults, failed) = (Mutex::default(), Notify::new());
        let shared = Arc::new(Shared { server: url.to_owned(), http, faults, failed });
        let router = Router::new().fallback(answer).with_state(shared.clone());
        let serving = tokio::spawn(async move {
            // It ends when the proxy is dropped, and not before.
            let _ = axum::serve(listener, router).await;
        });
        Self { url: format!("http://{address}"), shared, serving }
    }

    /// The proxy's address, to be used instead of the server's.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Fails the next request of this method whose path ends with `path`. Several faults fail as many requests.
    pub fn fail(&self, method: Method, path: &'static str, fault: Fault) {
        self.faults().push_back((method, path, fault));
    }

    /// Takes back faults that no request has met.
    pub fn heal(&self) {
        self.faults().clear();
    }

    /// Waits until a request has met its fault.
    pub async fn failed(&self) {
        self.shared.failed.notified().await;
    }

    fn faults(&self) -> std::sync::MutexGuard<'_, VecDeque<(Method, &'static str, Fault)>> {
        self.shared.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    match shared.fault(&request) {
        None => shared.forward(request).await,
        Some(Fault::Status(status)) => shared.plain(status),
        Some(Fault::Silence) => {
            shared.failed.notify_one();
            std::future::pending().await
        }
        Some(Fault::LostAnswer) => {
            shared.forward(request).await;
            shared.plain(502)
        }
    }
}

impl Shared {
    fn fault(&self, request: &Request) -> Option<Fault> {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        let meets = |(method, path, _): &(Method, &str, Fault)| {
            request.method() == method && request.uri().path().ends_with(path)
        };
        let place = faults.iter().position(meets)?;
        faults.remove(place).map(|(_, _, fault)| fault)
    }

    fn plain(&self, status: u16) -> Response {
        self.failed.notify_one();
        let mut response = Response::new(Body::from("the proxy fails as it was told to"));
        *response.status_mut() = StatusCode::from_u16(status).expect("a status that exists");
        response
    }

    async fn forward(&self, request: Request) -> Response {
        let (head, body) = request.into_parts();
        let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
        let body = to_bytes(body, usize::MAX).await.expect("a body that arrives");
        let forwarded = self.http.request(head.method, format!("{}{path}", self.server));
        let answer = forwarded.headers(head.headers).body(body).send().await.expect("a server that answers");
        let mut response = Response::new(Body::empty());
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        *response.body_mut() = Body::from(answer.bytes().await.expect("an answer that arrives"));
        response
    }
}
