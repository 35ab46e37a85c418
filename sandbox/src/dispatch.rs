//! One request from the socket to its route and back, in the order Kestra checks things: tenant, credentials,
//! route, what the client accepts.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, Method, header, request::Parts},
    response::Response,
};

use crate::{
    app::App,
    auth,
    call::{self, Call, media_type},
    fault::Fault,
    origin, page,
    router::{ANY, Match},
};

/// Answers any request; a log line holds method, path and status, never values.
pub(crate) async fn answer(State(app): State<Arc<App>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = call::read(Request::from_parts(head.clone(), body)).await;
    let (method, uri, errors) = (head.method.clone(), head.uri.clone(), app.release.errors());
    let path = loggable(uri.path());
    let reply = dispatch(app, head, body).await.unwrap_or_else(|fault| {
        if let Fault::Store(cause) = &fault {
            tracing::error!(%method, path, %cause, "the store failed");
        }
        fault.answer(&uri, errors)
    });
    tracing::debug!(%method, path, status = reply.status().as_u16(), "answered");
    if method == Method::HEAD { without_body(reply) } else { reply }
}

async fn dispatch(app: Arc<App>, head: Parts, body: Result<Bytes, Fault>) -> Result<Response, Fault> {
    let path = head.uri.path();
    origin::check(&head.headers, app.auth.is_some())?;
    let found = app.find(&head.method, path, &media_type(&head.headers));
    if let Some(Ok(found)) = &found {
        only_main(found)?;
    }
    if path.starts_with("/api/") {
        auth::check(app.auth.as_ref(), app.edition, path, &head.headers)?;
    }
    let Some(found) = found else {
        return page::answer(&app, head).await;
    };
    let found = found?;
    acceptable(&head.headers, found.route.produces())?;
    found.route.handle(Call::new(Arc::clone(&app), found.variables, head, body?)).await
}

impl App {
    /// A path without a tenant is tried again below `main`, when nothing else fits.
    fn find(&self, method: &Method, path: &str, media_type: &str) -> Option<Result<Match<'_>, Fault>> {
        let alias = || {
            let rest = path.strip_prefix("/api/v1/")?;
            let found = self.router.find(method, &format!("/api/v1/main/{rest}"), media_type)?;
            Some(found.map_err(|fault| match fault {
                Fault::Method { method, allowed, .. } => Fault::Method { method, path: path.into(), allowed },
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

/// Most answers are JSON or raw bytes; a client that insists on something else is told so.
fn acceptable(headers: &HeaderMap, produces: &'static str) -> Result<(), Fault> {
    let given = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    let Some(given) = given.filter(|_| produces != ANY) else {
        return Ok(());
    };
    const SERVED: [&str; 5] =
        ["*/*", "application/*", "application/json", "application/octet-stream", "text/json"];
    let served = |range: &str| {
        let range = range.split(';').next().unwrap_or_default().trim();
        SERVED.iter().chain([&produces]).any(|known| known.eq_ignore_ascii_case(range)) || range.is_empty()
    };
    if given.split(',').any(served) {
        return Ok(());
    }
    Err(Fault::Accept { given: given.into(), supported: produces })
}

/// The path without the key that a webhook's address ends with.
fn loggable(path: &str) -> &str {
    let webhook = path.find("/executions/webhook/").map(|at| at + "/executions/webhook/".len());
    let names = webhook.and_then(|start| path[start..].match_indices('/').nth(1).map(|(at, _)| start + at));
    &path[..names.unwrap_or(path.len())]
}

fn without_body(reply: Response) -> Response {
    let (mut head, _) = reply.into_parts();
    head.headers.remove(header::CONTENT_TYPE);
    Response::from_parts(head, Body::empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_webhook_is_not_logged() {
        for (path, expected) in [
            ("/api/v1/main/executions/webhook/a.b/f/hush", "/api/v1/main/executions/webhook/a.b/f"),
            ("/api/v1/executions/webhook/a.b/f/hush/more", "/api/v1/executions/webhook/a.b/f"),
            ("/api/v1/main/executions/webhook/a.b", "/api/v1/main/executions/webhook/a.b"),
            ("/api/v1/main/flows/a.b/f", "/api/v1/main/flows/a.b/f"),
        ] {
            assert_eq!(loggable(path), expected);
        }
    }
}
