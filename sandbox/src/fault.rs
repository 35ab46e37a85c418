//! Every way a call can fail, and the one place that turns a failure into Kestra's answer.
//!
//! A fault is the caller's (400–422), the sandbox's (500) or a part of Kestra the sandbox does not serve (501).
//! Its `Display` is the message Kestra 1.3 sends; `answer` wraps that in 1.3's HAL body.

use axum::{
    body::Body,
    http::{HeaderValue, Method, StatusCode, header},
    response::Response,
};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{reply, store};

/// One broken rule of an entity, with Kestra's own path to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    pub(crate) path: String,
    pub(crate) message: String,
}

impl Violation {
    pub(crate) fn new(path: impl Into<String>, message: impl Into<String>) -> Violation {
        Violation { path: path.into(), message: message.into() }
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error("Invalid entity: {message}")]
    Entity { message: String, violations: Vec<Violation> },
    #[error("Invalid route params: Required Body [{0}] not specified")]
    MissingBody(&'static str),
    #[error("Illegal argument: {0}")]
    Argument(String),
    #[error("Unprocessable Entity: Invalid sort parameter")]
    Sort,
    #[error("Internal server error: {0}")]
    Conversion(String),
    #[error("Invalid json mapping: {0}")]
    Json(String),
    #[error("Bad Request: {0}")]
    BadRequest(String),
    #[error("")]
    Unauthorized { challenge: bool },
    #[error("Not Found")]
    NotFound,
    #[error("Not Found: {0}")]
    Missing(String),
    #[error(
        "Method Not Allowed: Method [{method}] not allowed for URI [{path}]. Allowed methods: [{allowed}]"
    )]
    Method { method: Method, path: String, allowed: String },
    #[error("Not Acceptable: Specified Accept Types [{given}] not supported. Supported types: [{supported}]")]
    Accept { given: String, supported: &'static str },
    #[error("Conflict: {0}")]
    Conflict(String),
    #[error("Resource has expired: The requested value has expired")]
    Expired,
    #[error("Request Entity Too Large: the sandbox takes bodies of at most {0} bytes")]
    TooLarge(usize),
    #[error("Unsupported Media Type: Content Type [{given}] not allowed. Allowed types: [{allowed}]")]
    MediaType { given: String, allowed: String },
    #[error("Internal server error: {0}")]
    Internal(String),
    #[error("Internal server error: {0}")]
    Store(#[from] store::Error),
    #[error("Not Implemented: the sandbox does not serve {0}; use a Kestra server for it")]
    Unserved(String),
}

impl Fault {
    /// A single broken rule whose message stands alone: `Invalid entity: <path>: <message>`.
    pub(crate) fn rule(path: &str, message: impl Into<String>) -> Fault {
        let message = message.into();
        Fault::Entity {
            message: format!("{path}: {message}"),
            violations: vec![Violation::new(path, message)],
        }
    }

    pub(crate) fn status(&self) -> StatusCode {
        use Fault::*;
        match self {
            Entity { .. } | MissingBody(_) | Argument(_) | Sort | Conversion(_) | Json(_) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            BadRequest(_) => StatusCode::BAD_REQUEST,
            Unauthorized { .. } => StatusCode::UNAUTHORIZED,
            NotFound | Missing(_) => StatusCode::NOT_FOUND,
            Method { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Accept { .. } => StatusCode::NOT_ACCEPTABLE,
            Conflict(_) => StatusCode::CONFLICT,
            Expired => StatusCode::GONE,
            TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            MediaType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Internal(_) | Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Unserved(_) => StatusCode::NOT_IMPLEMENTED,
        }
    }

    fn violations(&self) -> &[Violation] {
        match self {
            Fault::Entity { violations, .. } => violations,
            _ => &[],
        }
    }

    /// Kestra 1.3's answer; `href` is the request's path and query as they came.
    pub(crate) fn answer(&self, href: &str) -> Response {
        if let Fault::Unauthorized { challenge } = self {
            return unauthorized(*challenge);
        }
        reply::json_with(self.status(), &hal(&self.to_string(), href, self.violations()))
    }
}

/// Kestra sends no body with a 401, and no challenge to its own login page.
fn unauthorized(challenge: bool) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    if challenge {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic"));
    }
    response
}

/// Error bodies are the one place where 1.3 writes its nulls.
fn hal(message: &str, href: &str, violations: &[Violation]) -> impl Serialize + use<> {
    let mut embedded = Map::new();
    if !violations.is_empty() {
        let errors: Vec<Value> = violations
            .iter()
            .map(|v| json!({"message": v.message, "logref": null, "path": v.path, "_links": {}, "_embedded": {}}))
            .collect();
        embedded.insert("errors".into(), errors.into());
    }
    json!({
        "message": message, "logref": null, "path": null,
        "_links": {"self": {
            "href": href, "templated": false, "profile": null, "deprecation": null,
            "title": null, "hreflang": null, "type": null, "name": null,
        }},
        "_embedded": embedded,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_becomes_a_hal_body_with_an_embedded_error() {
        let fault = Fault::rule("flow.id", "Flow id already exists");
        let body =
            serde_json::to_value(hal(&fault.to_string(), "/api/v1/main/flows", fault.violations())).unwrap();
        assert_eq!(body["message"], "Invalid entity: flow.id: Flow id already exists");
        assert_eq!(body["_links"]["self"]["href"], "/api/v1/main/flows");
        assert_eq!(body["_embedded"]["errors"][0]["path"], "flow.id");
        assert_eq!(fault.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }

    #[test]
    fn without_violations_nothing_is_embedded() {
        let body = serde_json::to_value(hal("Not Found", "/x", &[])).unwrap();
        assert_eq!(body["_embedded"], json!({}));
        assert_eq!(body["logref"], Value::Null);
    }
}
