//! Every way a call can fail, and the one place that turns a failure into Kestra's answer.
//!
//! A fault is the caller's (400–422), the sandbox's (500) or a part of Kestra the sandbox does not serve (501).
//! Its `Display` is the message Kestra 1.3 sends; `answer` wraps that in the body of the emulated release.

use axum::{
    http::{HeaderValue, Method, Uri, header},
    response::Response,
};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    options::ErrorFormat,
    problem::{self, Kind},
    reply, store,
};

/// One broken rule of an entity, with Kestra's own paths to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    /// Where, in Java's words: `tasks[0].message`, `flow.id`; empty for the whole.
    pub(crate) path: String,
    /// The same as an RFC 6901 pointer.
    pub(crate) pointer: String,
    /// The same with ids in place of positions.
    pub(crate) label: String,
    pub(crate) message: String,
}

impl Violation {
    /// A rule about a property whose path has no positions.
    pub(crate) fn new(path: impl Into<String>, message: impl Into<String>) -> Violation {
        let path = path.into();
        let pointer =
            path.split('.').filter(|name| !name.is_empty()).map(|name| format!("/{name}")).collect();
        Violation { label: path.clone(), pointer, path, message: message.into() }
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error("Invalid entity: {message}")]
    Entity { message: String, violations: Vec<Violation> },
    /// What a flow is started with is not what its inputs take.
    #[error("Invalid entity: {0}")]
    Inputs(String),
    #[error("Invalid route params: Required Body [{0}] not specified")]
    MissingBody(&'static str),
    #[error("Illegal argument: {0}")]
    Argument(String),
    #[error("Unprocessable Entity: {0}")]
    Unprocessable(String),
    #[error("Internal server error: {0}")]
    Conversion(String),
    #[error("Invalid json mapping: {0}")]
    Json(String),
    #[error("Bad Request: {0}")]
    BadRequest(String),
    #[error("Bad Request: Required QueryValue [{0}] not specified")]
    MissingQuery(String),
    #[error("Bad Request: Invalid query filters: {0}")]
    Filters(String),
    #[error("Forbidden: {0}")]
    Forbidden(String),
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
    #[error("Conflict: {0}")]
    Exists(String),
    #[error("Illegal state: {0}")]
    State(String),
    /// An action on many things that some of them do not allow; their ids are the paths of the violations.
    #[error("invalid bulk {action}")]
    Bulk { action: &'static str, invalids: Vec<Violation> },
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
    #[error("Not Implemented: no engine is attached to the sandbox, and it takes one to {0} this execution")]
    NoEngine(&'static str),
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

    /// A property that breaks a rule of what it is in, as Kestra lists them: each in a line of its own.
    pub(crate) fn property(path: &str, message: &str) -> Fault {
        let violations = vec![Violation::new(path, message)];
        Fault::Entity { message: format!("{path}: {message}\n"), violations }
    }

    /// A broken rule of a parameter of the call that Kestra names `operation`; only 1.3's path tells that name.
    pub(crate) fn parameter(operation: &str, name: &str, message: &str) -> Fault {
        let path = format!("{operation}.{name}");
        let violation = Violation { path: path.clone(), ..Violation::new(name, message) };
        Fault::Entity { message: format!("{path}: {message}"), violations: vec![violation] }
    }

    /// What each line calls it.
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Fault::Entity { .. } => problem::VALIDATION,
            Fault::Inputs(_) => problem::ENTITY,
            Fault::MissingBody(_) => problem::BODY,
            Fault::Argument(_) => problem::ARGUMENT,
            Fault::Unprocessable(_) => problem::QUERY_PARAMETER,
            Fault::Conversion(_) => problem::CONVERSION,
            Fault::Json(_) => problem::JSON,
            Fault::BadRequest(_) => problem::BAD_REQUEST,
            Fault::MissingQuery(_) => problem::QUERY_VALUE,
            Fault::Filters(_) => problem::FILTERS,
            Fault::Forbidden(_) => problem::FORBIDDEN,
            Fault::Unauthorized { .. } => problem::UNAUTHENTICATED,
            Fault::NotFound | Fault::Missing(_) => problem::NOT_FOUND,
            Fault::Method { .. } => problem::METHOD,
            Fault::Accept { .. } => problem::ACCEPT,
            Fault::Conflict(_) => problem::CONFLICT,
            Fault::State(_) => problem::STATE,
            Fault::Bulk { .. } => problem::BULK,
            Fault::Exists(_) => problem::EXISTS,
            Fault::Expired => problem::EXPIRED,
            Fault::TooLarge(_) => problem::TOO_LARGE,
            Fault::MediaType { .. } => problem::MEDIA_TYPE,
            Fault::Internal(_) | Fault::Store(_) => problem::INTERNAL,
            Fault::Unserved(_) | Fault::NoEngine(_) => problem::UNSERVED,
        }
    }

    pub(crate) fn violations(&self) -> &[Violation] {
        match self {
            Fault::Entity { violations, .. } | Fault::Bulk { invalids: violations, .. } => violations,
            _ => &[],
        }
    }

    /// The answer to the request for `uri`.
    pub(crate) fn answer(&self, uri: &Uri, format: ErrorFormat) -> Response {
        let (kind, message) = (self.kind(), self.to_string());
        let mut response = match (format, self) {
            (ErrorFormat::Problem, _) => {
                reply::problem(kind.status, &kind.document(&message, uri.path(), self.violations()))
            }
            // 1.3 sends no body with a 401.
            (ErrorFormat::Hal, Fault::Unauthorized { .. }) => reply::bare(kind.status),
            (ErrorFormat::Hal, Fault::Bulk { invalids, .. }) => {
                reply::json_with(kind.status, &bulk(&message, invalids))
            }
            (ErrorFormat::Hal, _) => {
                let href = uri.path_and_query().map_or(uri.path(), |whole| whole.as_str());
                reply::json_with(kind.status, &hal(&message, href, self.violations()))
            }
        };
        // Kestra sends no challenge to its own login page.
        if let Fault::Unauthorized { challenge: true } = self {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic"));
        }
        response
    }
}

/// The answer of 1.3 to a bulk action: each refusal in the shape of a Java constraint violation.
fn bulk(message: &str, invalids: &[Violation]) -> Value {
    let invalid = |Violation { path: id, message, .. }: &Violation| {
        json!({
            "message": message, "rootBean": id, "rootBeanClass": "java.lang.String", "leafBean": id,
            "propertyPath": [{"name": "execution", "kind": "PROPERTY", "inIterable": false}],
            "invalidValue": id, "messageTemplate": "{messageTemplate}", "executableParameters": [],
        })
    };
    json!({"message": message, "invalids": invalids.iter().map(invalid).collect::<Value>()})
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
        assert_eq!(fault.kind().status, 422);
    }

    #[test]
    fn without_violations_nothing_is_embedded() {
        let body = serde_json::to_value(hal("Not Found", "/x", &[])).unwrap();
        assert_eq!(body["_embedded"], json!({}));
        assert_eq!(body["logref"], Value::Null);
    }
}
