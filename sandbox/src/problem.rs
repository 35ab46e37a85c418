//! Problem documents (RFC 9457): how Kestra 2.0 reports a failure.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use crate::fault::Violation;

/// What a failure is called by each line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    pub(crate) status: StatusCode,
    /// What 1.3 puts before its message, with a colon between them.
    pub(crate) prefix: &'static str,
    /// The last part of 2.0's `type`; `None` for what 2.0 has no type for.
    slug: Option<&'static str>,
    title: &'static str,
}

const fn kind(status: StatusCode, prefix: &'static str, slug: &'static str, title: &'static str) -> Kind {
    Kind { status, prefix, slug: Some(slug), title }
}

const UNPROCESSABLE: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const BAD: StatusCode = StatusCode::BAD_REQUEST;

pub(crate) const VALIDATION: Kind =
    kind(UNPROCESSABLE, "Invalid entity", "validation-failed", "Validation failed");
pub(crate) const ENTITY: Kind = kind(UNPROCESSABLE, "Invalid entity", "invalid-entity", "Invalid entity");
pub(crate) const BODY: Kind =
    kind(UNPROCESSABLE, "Invalid route params", "invalid-request-body", "Invalid request body");
pub(crate) const ARGUMENT: Kind =
    kind(UNPROCESSABLE, "Illegal argument", "invalid-argument", "Invalid argument");
pub(crate) const QUERY_PARAMETER: Kind =
    kind(UNPROCESSABLE, "Unprocessable Entity", "invalid-query-parameter", "Invalid query parameter");
pub(crate) const CONVERSION: Kind =
    kind(UNPROCESSABLE, "Internal server error", "invalid-argument", "Invalid argument");
pub(crate) const JSON: Kind = kind(UNPROCESSABLE, "Invalid json mapping", "invalid-json", "Invalid JSON");
pub(crate) const BAD_REQUEST: Kind = kind(BAD, "Bad Request", "bad-request", "Bad request");
pub(crate) const QUERY_VALUE: Kind =
    kind(BAD, "Bad Request", "invalid-query-parameter", "Invalid query parameter");
pub(crate) const FILTERS: Kind = kind(BAD, "Bad Request", "invalid-query-filters", "Invalid query filters");
pub(crate) const UNAUTHENTICATED: Kind =
    kind(StatusCode::UNAUTHORIZED, "", "unauthenticated", "Authentication required");
pub(crate) const FORBIDDEN: Kind = kind(StatusCode::FORBIDDEN, "Forbidden", "forbidden", "Forbidden");
pub(crate) const NOT_FOUND: Kind =
    kind(StatusCode::NOT_FOUND, "Not Found", "not-found", "Resource not found");
pub(crate) const METHOD: Kind =
    kind(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed", "method-not-allowed", "Method not allowed");
pub(crate) const ACCEPT: Kind =
    kind(StatusCode::NOT_ACCEPTABLE, "Not Acceptable", "not-acceptable", "Not acceptable");
pub(crate) const CONFLICT: Kind = kind(StatusCode::CONFLICT, "Conflict", "conflict", "Conflict");
pub(crate) const STATE: Kind = kind(StatusCode::CONFLICT, "Illegal state", "conflict", "Conflict");
pub(crate) const BULK: Kind = kind(BAD, "", "bulk-validation-failed", "Bulk validation failed");
pub(crate) const EXISTS: Kind =
    kind(StatusCode::CONFLICT, "Conflict", "entity-already-exists", "Entity already exists");
pub(crate) const EXPIRED: Kind =
    kind(StatusCode::GONE, "Resource has expired", "resource-expired", "Resource expired");
pub(crate) const TOO_LARGE: Kind =
    kind(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large", "payload-too-large", "Payload too large");
pub(crate) const MEDIA_TYPE: Kind = kind(
    StatusCode::UNSUPPORTED_MEDIA_TYPE,
    "Unsupported Media Type",
    "unsupported-media-type",
    "Unsupported media type",
);
pub(crate) const INTERNAL: Kind =
    kind(StatusCode::INTERNAL_SERVER_ERROR, "Internal server error", "internal-error", "Internal error");
pub(crate) const UNSERVED: Kind = Kind {
    status: StatusCode::NOT_IMPLEMENTED,
    prefix: "Not Implemented",
    slug: None,
    title: "Not implemented",
};

impl Kind {
    /// The document; `message` is 1.3's, `path` the request's without its query.
    pub(crate) fn document(&self, message: &str, path: &str, violations: &[Violation]) -> Value {
        let mut document = Map::new();
        let address = |slug| format!("https://kestra.io/docs/api-reference/problems/{slug}");
        document.insert("type".into(), self.slug.map_or_else(|| "about:blank".into(), address).into());
        document.insert("title".into(), self.title.into());
        document.insert("status".into(), self.status.as_u16().into());
        document.insert("detail".into(), self.detail(message).into());
        document.insert("instance".into(), path.into());
        if self.status == StatusCode::INTERNAL_SERVER_ERROR {
            document.insert("traceId".into(), uuid::Uuid::new_v4().simple().to_string().into());
        } else if !violations.is_empty() {
            document.insert("errors".into(), errors(violations));
        }
        document.into()
    }

    /// A caller learns nothing about what went wrong inside of the server.
    fn detail<'a>(&self, message: &'a str) -> &'a str {
        if self.status == StatusCode::INTERNAL_SERVER_ERROR {
            return "An unexpected error occurred. Quote the traceId when contacting support.";
        }
        let detail = message.strip_prefix(self.prefix).unwrap_or(message).trim_start_matches(": ");
        if detail.is_empty() { self.title } else { detail }
    }
}

/// The broken rules by pointer. A rule of the whole document has an empty one, which is left out like its path.
fn errors(violations: &[Violation]) -> Value {
    let mut sorted: Vec<&Violation> = violations.iter().collect();
    sorted.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    let error = |violation: &Violation| {
        let mut error = json!({"detail": violation.message});
        for (name, text) in [("pointer", &violation.pointer), ("path", &violation.label)] {
            if !text.is_empty() {
                error[name] = text.as_str().into();
            }
        }
        error
    };
    sorted.into_iter().map(error).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Fault;

    fn check(fault: &Fault, expected: Value) {
        let document = fault.kind().document(&fault.to_string(), "/api/v1/main/flows", fault.violations());
        let mut expected = expected;
        expected["instance"] = "/api/v1/main/flows".into();
        let slug = expected["type"].as_str().unwrap().to_owned();
        expected["type"] = format!("https://kestra.io/docs/api-reference/problems/{slug}").into();
        assert_eq!(document, expected);
    }

    #[test]
    fn a_fault_becomes_a_document() {
        check(
            &Fault::NotFound,
            json!({"type": "not-found", "title": "Resource not found", "status": 404,
                "detail": "Resource not found"}),
        );
        check(
            &Fault::Missing("no such file".into()),
            json!({"type": "not-found", "title": "Resource not found", "status": 404, "detail": "no such file"}),
        );
        check(
            &Fault::rule("flow.id", "Illegal flow id update"),
            json!({"type": "validation-failed", "title": "Validation failed", "status": 422,
                "detail": "flow.id: Illegal flow id update",
                "errors": [{"detail": "Illegal flow id update", "pointer": "/flow/id", "path": "flow.id"}]}),
        );
    }

    #[test]
    fn a_failure_of_the_server_shows_only_a_trace() {
        let document = INTERNAL.document("Internal server error: secret", "/x", &[]);
        assert!(!document.to_string().contains("secret"), "{document}");
        assert_eq!(document["traceId"].as_str().map(str::len), Some(32));
    }
}
