//! The few shapes a successful answer has.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use schema::KestraLine;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::fault::Fault;

/// What a route hands back.
pub(crate) type Reply = Result<Response, Fault>;

/// 200 with a JSON document.
pub(crate) fn json(document: &impl Serialize) -> Reply {
    Ok(json_with(StatusCode::OK, document))
}

pub(crate) fn json_with(status: StatusCode, document: &impl Serialize) -> Response {
    encoded(status, document, "application/json")
}

/// An error's document in the format of RFC 9457.
pub(crate) fn problem(status: StatusCode, document: &impl Serialize) -> Response {
    encoded(status, document, "application/problem+json")
}

fn encoded(status: StatusCode, document: &impl Serialize, content_type: &'static str) -> Response {
    match serde_json::to_vec(document) {
        Ok(body) => with(status, Body::from(body), content_type),
        Err(cause) => {
            tracing::error!(%cause, "an answer could not be encoded");
            with(StatusCode::INTERNAL_SERVER_ERROR, Body::empty(), "application/json")
        }
    }
}

/// What became of many things: 1.3 counts what is done, 2.0 names an operation that goes on. Here it has ended.
pub(crate) fn bulk(count: usize, line: KestraLine) -> Reply {
    match line {
        KestraLine::V1_3 => self::json(&json!({"count": count})),
        KestraLine::V2_0 => {
            let operation = json!({"operationId": Uuid::new_v4().to_string(), "totalItems": count});
            Ok(json_with(StatusCode::ACCEPTED, &operation))
        }
    }
}

/// A status without a body.
pub(crate) fn empty(status: StatusCode) -> Reply {
    Ok(bare(status))
}

pub(crate) fn bare(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// 200 with bytes of a content type.
pub(crate) fn bytes(content_type: &'static str, content: impl Into<Body>) -> Response {
    with(StatusCode::OK, content.into(), content_type)
}

/// 200 with a file to save under a name.
pub(crate) fn attachment(name: &str, content: Vec<u8>) -> Reply {
    saved_as("application/octet-stream", format!("attachment; filename=\"{name}\""), content)
}

/// 200 with bytes of a content type and how a client should keep them.
pub(crate) fn saved_as(content_type: &'static str, disposition: String, content: Vec<u8>) -> Reply {
    let mut response = bytes(content_type, content);
    let disposition = HeaderValue::try_from(disposition);
    let disposition = disposition.map_err(|_| Fault::Argument("this is no name for a file".into()))?;
    response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}

fn with(status: StatusCode, body: Body, content_type: &'static str) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
