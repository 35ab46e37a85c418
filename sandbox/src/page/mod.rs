//! What a person sees with a browser: every view is made here from what the store has, and only read. It needs no
//! other server, no script to be readable, and never shows a secret.

mod address;
mod assets;
mod diff;
mod entry;
mod execution;
mod executions;
mod files;
mod flow;
mod flows;
mod frame;
mod log;
mod namespace;
mod namespaces;
mod parts;
mod revisions;
mod source;
mod timeline;
mod topology;
mod triggers;

use std::{future::Future, sync::Arc};

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    response::Response,
};

use crate::{
    app::App,
    auth,
    call::Call,
    fault::Fault,
    reply::{self, Reply},
    router::{Match, Route, route},
};

/// The media type of what a person reads.
const HTML: &str = "text/html";

/// Nothing is fetched from elsewhere, nothing runs that is not a file of ours, and nobody frames the page.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What every answer to a browser says about itself.
const HEADERS: [(HeaderName, &str); 3] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
];

/// The views, and the files that they need.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![
        view("/", namespaces::show),
        view("/namespaces/{namespace}", namespace::show),
        view("/namespaces/{namespace}/kv/{key}", entry::show),
        view("/namespaces/{namespace}/files", files::show),
        view("/flows", flows::show),
        view("/flows/{namespace}/{id}", flow::show),
        view("/flows/{namespace}/{id}/revisions", revisions::show),
        view("/executions", executions::show),
        view("/executions/{executionId}", execution::show),
        route(Method::GET, "/flows/{namespace}/{id}/topology.svg", topology::draw).producing(topology::SVG),
    ];
    routes.extend(assets::routes());
    routes.extend(address::of_kestra());
    routes
}

fn view<F, R>(template: &str, handler: F) -> Route
where
    F: Fn(Call) -> R + Send + Sync + 'static,
    R: Future<Output = Reply> + Send + 'static,
{
    route(Method::GET, template, handler).producing(HTML)
}

/// Answers a browser. Whoever does not ask for a page hears what Kestra's API says about a path that it does not know.
pub(crate) async fn answer(app: &Arc<App>, head: Parts) -> Reply {
    let path = head.uri.path().to_owned();
    let is_read = [Method::GET, Method::HEAD].contains(&head.method);
    if !is_read || path.starts_with("/api/") {
        return Err(Fault::NotFound);
    }
    let wants_page = accepts_html(&head.headers);
    let found = app.pages.find(&Method::GET, &path, "").transpose()?;
    let found = found.filter(|found| wants_page || found.route.produces() != HTML);
    if found.is_none() && !wants_page {
        return Err(Fault::NotFound);
    }
    let answer = found_or_refused(app, head, found).await;
    Ok(guarded(answer.unwrap_or_else(|fault| refusal(app, &fault))))
}

async fn found_or_refused(app: &Arc<App>, head: Parts, found: Option<Match<'_>>) -> Reply {
    auth::check(app.auth.as_ref(), app.edition, head.uri.path(), &head.headers)?;
    let Match { route, variables } = found.ok_or(Fault::NotFound)?;
    route.handle(Call::new(Arc::clone(app), variables, head, Bytes::new())).await
}

/// Programs that take anything want the API, so the type has to be named.
fn accepts_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.split(',').any(|range| range.split(';').next().is_some_and(|kind| kind.trim() == HTML))
}

fn guarded(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}

/// A refusal that a person can read.
fn refusal(app: &App, fault: &Fault) -> Response {
    let status = fault.kind().status;
    let message = match (status, fault) {
        (StatusCode::UNAUTHORIZED, _) => "This sandbox asks for its user and password.".to_owned(),
        (StatusCode::NOT_FOUND, Fault::Missing(what)) => what.clone(),
        (StatusCode::NOT_FOUND, _) => "There is nothing at this address.".to_owned(),
        (StatusCode::INTERNAL_SERVER_ERROR, _) => "The sandbox failed; its log says why.".to_owned(),
        _ => fault.to_string(),
    };
    if status == StatusCode::INTERNAL_SERVER_ERROR {
        tracing::error!(%fault, "a page can't be shown");
    }
    let mut response = reply::bytes(frame::HTML_UTF8, frame::refused(app, status, &message).into_string());
    *response.status_mut() = status;
    if status == StatusCode::UNAUTHORIZED {
        let challenge = HeaderValue::from_static("Basic realm=\"flowsmith sandbox\", charset=\"UTF-8\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}
