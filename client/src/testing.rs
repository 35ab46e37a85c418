//! Servers for tests: wiremock where HTTP is well-formed, a raw socket where it is not.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::{Client, Config, Retry};

/// Settings for a local server: short waits, everything else as users have it.
pub(crate) fn config(url: String) -> Config {
    let retry = Retry { base_delay: Duration::from_millis(1), ..Retry::default() };
    Config { url, retry, ..Config::default() }
}

pub(crate) fn client(url: impl Into<String>) -> Client {
    Client::new(config(url.into())).unwrap()
}

/// An answer with a JSON body, or with none.
pub(crate) fn answer(status: u16, body: &str) -> ResponseTemplate {
    let template = ResponseTemplate::new(status);
    if body.is_empty() { template } else { template.set_body_raw(body.to_owned(), "application/json") }
}

/// A server that gives these answers in turn, then the last one for ever.
pub(crate) async fn server(answers: Vec<ResponseTemplate>) -> MockServer {
    let next = AtomicUsize::new(0);
    responder(move |_| answers[next.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1)].clone()).await
}

/// A server that computes its answers.
pub(crate) async fn responder(
    answer: impl Fn(&Request) -> ResponseTemplate + Send + Sync + 'static,
) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

/// What the server was asked, as `METHOD path?query`.
pub(crate) async fn asked(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    let target = |request: &Request| match request.url.query() {
        Some(query) => format!("{}?{query}", request.url.path()),
        None => request.url.path().to_owned(),
    };
    requests.iter().map(|request| format!("{} {}", request.method, target(request))).collect()
}

/// What a raw server does with a connection after it has read the request.
#[derive(Clone, Copy)]
pub(crate) enum Act {
    /// Writes these bytes and closes.
    Write(&'static str),
    /// Writes these bytes and then nothing for ever.
    Hold(&'static str),
}

/// A server below HTTP. Each connection gets the next act, then the last one for ever.
pub(crate) struct RawServer {
    pub(crate) address: SocketAddr,
    pub(crate) connections: watch::Receiver<usize>,
}

impl RawServer {
    pub(crate) async fn start(acts: &'static [Act]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (count, connections) = watch::channel(0);
        tokio::spawn(async move {
            let count = Arc::new(count);
            while let Ok((stream, _)) = listener.accept().await {
                let act = acts[(*count.borrow()).min(acts.len() - 1)];
                tokio::spawn(play(stream, act, Arc::clone(&count)));
            }
        });
        Self { address, connections }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

async fn play(mut stream: TcpStream, act: Act, count: Arc<watch::Sender<usize>>) {
    let mut head = [0; 4096];
    // One read suffices: the tests' requests are shorter than a segment.
    if stream.read(&mut head).await.unwrap_or(0) == 0 {
        return;
    }
    count.send_modify(|count| *count += 1);
    let (Act::Write(bytes) | Act::Hold(bytes)) = act;
    stream.write_all(bytes.as_bytes()).await.ok();
    stream.flush().await.ok();
    if matches!(act, Act::Hold(_)) {
        // Ends when the client gives up.
        while stream.read(&mut head).await.is_ok_and(|length| length > 0) {}
    }
}
