//! What flows meet outside Kestra: servers that answer as Airbyte, Hightouch and Slack do, and programs.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{StatusCode, header::AUTHORIZATION},
    response::{IntoResponse, Response},
};
use tokio::{net::TcpListener, task::JoinHandle};

/// What a server answers, in the words of its own documentation: method, path, body. The first of several answers to a
/// question is given once.
pub(super) type Answer = (&'static str, &'static str, &'static str);

/// An Airbyte with one connection that takes a while to sync.
pub(super) const AIRBYTE: [Answer; 4] = [
    ("POST", "/airbyte/api/v1/applications/token", r#"{"access_token":"a-token","token_type":"Bearer"}"#),
    ("POST", "/airbyte/api/v1/connections/sync", r#"{"job":{"id":42,"status":"pending"},"attempts":[]}"#),
    ("POST", "/airbyte/api/v1/jobs/get", r#"{"job":{"id":42,"status":"running"},"attempts":[]}"#),
    ("POST", "/airbyte/api/v1/jobs/get", r#"{"job":{"id":42,"status":"succeeded"},"attempts":[]}"#),
];

/// A Hightouch with one sync.
pub(super) const HIGHTOUCH: [Answer; 2] = [
    ("POST", "/hightouch/api/v1/syncs/1127166/trigger", r#"{"id":"77"}"#),
    (
        "GET",
        "/hightouch/api/v1/syncs/1127166/runs?runId=77",
        r#"{"data":[{"id":"77","status":"success"}],"hasMore":false}"#,
    ),
];

/// A channel of Slack.
pub(super) const SLACK: Answer = ("POST", "/slack", "ok");

/// The running servers; they stop when the value is dropped.
pub(super) struct Outside {
    pub(super) url: String,
    heard: Arc<Heard>,
    serving: JoinHandle<()>,
}

struct Heard {
    answers: Vec<Answer>,
    /// Method, path, who asks, and the body.
    requests: Mutex<Vec<String>>,
    /// The places in the table whose answers are used up.
    given: Mutex<Vec<usize>>,
}

impl Outside {
    pub(super) async fn start(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let heard = Arc::new(Heard { answers, requests: Mutex::default(), given: Mutex::default() });
        let router = Router::new().fallback(answer).with_state(Arc::clone(&heard));
        let serving = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self { url, heard, serving }
    }

    /// Every request, in its order: method, path, who asks, and the body.
    pub(super) fn requests(&self) -> Vec<String> {
        self.heard.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether a request was heard that begins so.
    #[track_caller]
    pub(super) fn heard(&self, words: &str) {
        let requests = self.requests();
        assert!(requests.iter().any(|request| request.starts_with(words)), "no {words} in {requests:#?}");
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(State(heard): State<Arc<Heard>>, request: Request<Body>) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let asking = head.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or("nobody");
    let body = to_bytes(body, usize::MAX).await.expect("a body that arrives");
    let line = format!("{} {path} {asking} {}", head.method, String::from_utf8_lossy(&body));
    heard.requests.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    let fits = |(method, known, _): &Answer| *method == head.method.as_str() && *known == path;
    let mut given = heard.given.lock().unwrap_or_else(PoisonError::into_inner);
    let fitting: Vec<usize> =
        heard.answers.iter().enumerate().filter(|(_, known)| fits(known)).map(|(place, _)| place).collect();
    let place = fitting.iter().find(|place| !given.contains(place)).or(fitting.last());
    match place {
        Some(&place) => {
            given.push(place);
            heard.answers[place].2.into_response()
        }
        None => (StatusCode::NOT_FOUND, "nobody is here").into_response(),
    }
}

/// Puts a program into a folder, as a shell script, and returns a PATH that begins with the folder.
pub(super) fn program(folder: &Path, name: &str, script: &str) -> String {
    let program = folder.join(name);
    fs::write(&program, script).expect("a writable folder");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
    let path = std::env::var("PATH").unwrap_or_default();
    format!("{}:{path}", folder.display())
}
