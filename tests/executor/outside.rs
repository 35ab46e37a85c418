//! What the flows of the quick start meet outside Kestra: servers that answer as Airbyte, Hightouch, Slack and a shop do,
//! and the program dbt.

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

/// What the servers answer, in the words of their own documentation: method, path, body. The first of several answers to
/// a question is given once.
const ANSWERS: [(&str, &str, &str); 9] = [
    ("GET", "/carts", r#"{"carts":[],"total":50,"skip":0,"limit":30}"#),
    ("POST", "/airbyte/api/v1/applications/token", r#"{"access_token":"a-token","token_type":"Bearer"}"#),
    ("POST", "/airbyte/api/v1/connections/sync", r#"{"job":{"id":42,"status":"pending"},"attempts":[]}"#),
    ("POST", "/airbyte/api/v1/jobs/get", r#"{"job":{"id":42,"status":"running"},"attempts":[]}"#),
    ("POST", "/airbyte/api/v1/jobs/get", r#"{"job":{"id":42,"status":"succeeded"},"attempts":[]}"#),
    ("POST", "/hightouch/api/v1/syncs/1127166/trigger", r#"{"id":"77"}"#),
    (
        "GET",
        "/hightouch/api/v1/syncs/1127166/runs?runId=77",
        r#"{"data":[{"id":"77","status":"success"}],"hasMore":false}"#,
    ),
    ("POST", "/slack", "ok"),
    ("POST", "/broken/api/v1/applications/token", r#"{"access_token":"a-token"}"#),
];

/// A dbt that looks at what it is given: the project from the namespace files, and its variables.
const DBT: &str = r#"#!/bin/sh
[ "$1" = --version ] && exit 0
test -f "$DBT_PROFILES_DIR/dbt_project.yml" && test -f "$DBT_PROFILES_DIR/models/customer_revenue.sql" || exit 2
test "$WAREHOUSE_PASSWORD" = "a password" || exit 3
echo "dbt was asked to $* on $WAREHOUSE_HOST"
"#;

/// The running servers; they stop when the value is dropped.
pub(super) struct Outside {
    pub(super) url: String,
    heard: Arc<Heard>,
    serving: JoinHandle<()>,
}

#[derive(Default)]
struct Heard {
    /// Method, path, who asks, and the body.
    requests: Mutex<Vec<String>>,
    /// The places in the table whose answers are used up.
    given: Mutex<Vec<usize>>,
}

impl Outside {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let heard = Arc::<Heard>::default();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&heard));
        let serving = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self { url, heard, serving }
    }

    /// Whether a request was heard that begins so.
    #[track_caller]
    pub(super) fn heard(&self, words: &str) {
        let requests = self.heard.requests.lock().unwrap_or_else(PoisonError::into_inner);
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
    let fits = |(method, known, _): &(&str, &str, &str)| *method == head.method.as_str() && *known == path;
    let mut given = heard.given.lock().unwrap_or_else(PoisonError::into_inner);
    let fitting: Vec<usize> =
        ANSWERS.iter().enumerate().filter(|(_, known)| fits(known)).map(|(place, _)| place).collect();
    let place = fitting.iter().find(|place| !given.contains(place)).or(fitting.last());
    match place {
        Some(&place) => {
            given.push(place);
            ANSWERS[place].2.into_response()
        }
        None => (StatusCode::NOT_FOUND, "nobody is here").into_response(),
    }
}

/// Puts a dbt into a folder, and returns a PATH that begins with it.
pub(super) fn dbt(folder: &Path) -> String {
    let program = folder.join("dbt");
    fs::write(&program, DBT).expect("a writable folder");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
    let path = std::env::var("PATH").unwrap_or_default();
    format!("{}:{path}", folder.display())
}
