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
use tokio::net::TcpListener;

/// What a server answers, in the words of its own documentation: method, path, body. Of several answers to a question, each
/// is given once, and the last from then on.
pub(super) type Answer = (&'static str, &'static str, &'static str);

/// An Airbyte with one connection that takes a while to sync, and another that starts no sync; a Hightouch with one sync; and
/// a channel of Slack.
const EVERYWHERE: [Answer; 8] = [
    ("POST", "/airbyte/api/v1/applications/token", r#"{"access_token":"a-token","token_type":"Bearer"}"#),
    ("POST", "/airbyte/api/v1/connections/sync", r#"{"job":{"id":42,"status":"pending"},"attempts":[]}"#),
    ("POST", "/airbyte/api/v1/jobs/get", r#"{"job":{"id":42,"status":"running"},"attempts":[]}"#),
    ("POST", "/airbyte/api/v1/jobs/get", r#"{"job":{"id":42,"status":"succeeded"},"attempts":[]}"#),
    ("POST", "/broken/api/v1/applications/token", r#"{"access_token":"a-token"}"#),
    ("POST", "/hightouch/api/v1/syncs/1127166/trigger", r#"{"id":"77"}"#),
    (
        "GET",
        "/hightouch/api/v1/syncs/1127166/runs?runId=77",
        r#"{"data":[{"id":"77","status":"success"}],"hasMore":false}"#,
    ),
    ("POST", "/slack", "ok"),
];

/// The servers, which run for as long as the test does.
pub(super) struct Outside {
    pub(super) url: String,
    heard: Arc<Heard>,
}

struct Heard {
    answers: Vec<Answer>,
    /// Method, path, who asks, and the body.
    requests: Mutex<Vec<String>>,
}

impl Outside {
    /// The servers that flows call everywhere, and what others answer.
    pub(super) async fn start(others: &[Answer]) -> Self {
        let heard = Arc::new(Heard { answers: [&EVERYWHERE, others].concat(), requests: Mutex::default() });
        let url = served(Router::new().fallback(answer).with_state(Arc::clone(&heard))).await;
        Self { url, heard }
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

/// The address of a server of a test, which runs for as long as the test does.
pub(super) async fn served(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

async fn answer(State(heard): State<Arc<Heard>>, request: Request<Body>) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let asking = head.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or("nobody");
    let body = to_bytes(body, usize::MAX).await.expect("a body that arrives");
    let question = format!("{} {path} ", head.method);
    let mut requests = heard.requests.lock().unwrap_or_else(PoisonError::into_inner);
    let before = requests.iter().filter(|request| request.starts_with(&question)).count();
    requests.push(format!("{question}{asking} {}", String::from_utf8_lossy(&body)));
    let fits = |(method, known, _): &&Answer| *method == head.method.as_str() && *known == path;
    let answers: Vec<&Answer> = heard.answers.iter().filter(fits).collect();
    match answers.get(before).or(answers.last()) {
        Some((_, _, body)) => body.into_response(),
        None => (StatusCode::NOT_FOUND, "nobody is here").into_response(),
    }
}

/// Puts a program into a folder, as a shell script.
pub(super) fn program(folder: &Path, name: &str, script: &str) {
    let program = folder.join(name);
    fs::write(&program, script).expect("a writable folder");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
}
