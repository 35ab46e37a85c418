//! One request as a route sees it: path variables, query, headers and a body of bounded size.

use std::{fmt::Display, sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::{
        FromRequest, Multipart, Request,
        multipart::MultipartError,
        rejection::{BytesRejection, FailedToBufferBody},
    },
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use percent_encoding::percent_decode_str;
use schema::KestraLine;
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use crate::{app::App, fault::Fault, router::Variables};

/// The largest body the sandbox takes: enough for any flow and for a fat namespace file.
pub(crate) const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// How long a body may take to come.
const BODY_PATIENCE: Duration = Duration::from_secs(120);

/// The most parts a form may have: small ones are many before they reach the limit of a body.
const PART_LIMIT: usize = 1_000;

/// The media type of forms with files.
pub(crate) const MULTIPART: &str = "multipart/form-data";

/// A part of a multipart body.
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) content: Bytes,
}

pub(crate) struct Call {
    pub(crate) app: Arc<App>,
    pub(crate) variables: Variables,
    pub(crate) query: Query,
    /// Method, address and headers.
    pub(crate) head: Parts,
    body: Bytes,
}

impl Call {
    pub(crate) fn new(app: Arc<App>, variables: Variables, head: Parts, body: Bytes) -> Call {
        let query = Query::parse(head.uri.query().unwrap_or_default());
        Call { app, variables, query, head, body }
    }

    /// The line whose rules apply.
    pub(crate) fn line(&self) -> KestraLine {
        self.app.line()
    }

    /// A variable of the route's own template.
    pub(crate) fn variable(&self, name: &str) -> String {
        let found = self.variables.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.headers.get(name)?.to_str().ok()
    }

    /// Kestra reads this header byte by byte as Latin-1, so UTF-8 text arrives garbled; so it does here.
    pub(crate) fn latin1_header(&self, name: &str) -> Option<String> {
        let value = self.head.headers.get(name)?;
        Some(value.as_bytes().iter().map(|&byte| char::from(byte)).collect())
    }

    /// The media type without parameters, in lower case; empty when the request names none.
    pub(crate) fn media_type(&self) -> String {
        media_type(&self.head.headers)
    }

    /// The body as text; bytes that are not UTF-8 become replacement characters, as in Java.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        serde_json::from_slice(&self.body).map_err(|cause| Fault::Json(cause.to_string()))
    }

    /// All parts of a multipart body.
    pub(crate) async fn parts(self) -> Result<Vec<Part>, Fault> {
        let broken = |cause: &dyn Display| Fault::BadRequest(format!("broken multipart body: {cause}"));
        let refused = |cause: MultipartError| match cause.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge(BODY_LIMIT),
            _ => broken(&cause.body_text()),
        };
        let multipart =
            Multipart::from_request(Request::from_parts(self.head, Body::from(self.body)), &()).await;
        let mut multipart = multipart.map_err(|cause| broken(&cause.body_text()))?;
        let mut parts = Vec::new();
        while let Some(field) = multipart.next_field().await.map_err(refused)? {
            let name = field.name().unwrap_or_default().to_owned();
            let file_name = field.file_name().map(str::to_owned);
            let content = field.bytes().await.map_err(refused)?;
            parts.push(Part { name, file_name, content });
            if parts.len() > PART_LIMIT {
                return Err(Fault::BadRequest(format!(
                    "the sandbox takes forms of at most {PART_LIMIT} parts"
                )));
            }
        }
        Ok(parts)
    }
}

/// Reads the whole body of a request. Every body is read, also one nobody asks for: a connection with unread
/// bytes has to be closed, and a client that keeps connections open would stumble over that.
pub(crate) async fn read(request: Request) -> Result<Bytes, Fault> {
    let body = timeout(BODY_PATIENCE, Bytes::from_request(request, &())).await;
    let body = body.map_err(|_| Fault::BadRequest("the body took too long to come".into()))?;
    body.map_err(|refused| match refused {
        BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => {
            Fault::TooLarge(BODY_LIMIT)
        }
        broken => Fault::BadRequest(format!("broken body: {}", broken.body_text())),
    })
}

pub(crate) fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A query string in order, decoded; a parameter may repeat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn parse(text: &str) -> Query {
        let pair = |text: &str| {
            let (name, value) = text.split_once('=').unwrap_or((text, ""));
            (decoded(name), decoded(value))
        };
        Query(text.split('&').filter(|pair| !pair.is_empty()).map(pair).collect())
    }

    /// The parameters of a query that have a value.
    pub(crate) fn given<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Query {
        let given = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        Query(given.map(|(name, value)| (name.into(), value.into())).collect())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.iter().filter(move |(known, _)| *known == name).map(|(_, value)| value)
    }

    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    pub(crate) fn required(&self, name: &str) -> Result<&str, Fault> {
        self.one(name).ok_or_else(|| Fault::MissingQuery(name.into()))
    }

    /// A flag, absent meaning `default`.
    pub(crate) fn flag(&self, name: &str, default: bool) -> bool {
        self.one(name).map_or(default, |value| value.eq_ignore_ascii_case("true"))
    }

    /// A whole number, refused in the words of the framework's converter.
    pub(crate) fn number(&self, name: &str) -> Result<Option<i64>, Fault> {
        let Some(text) = self.one(name).filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let refused = || {
            Fault::Conversion(format!(
                "Failed to convert argument [{name}] for value [{text}] due to: For input string: \"{text}\""
            ))
        };
        text.parse().map(Some).map_err(|_| refused())
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_keeps_order_and_repeats() {
        let query =
            Query::parse("q=a+b&sort=id%3Aasc&sort=x&flag=TRUE&empty&filters%5Bq%5D%5BEQUALS%5D=%C3%BC");
        assert_eq!(query.one("q"), Some("a b"));
        assert_eq!(query.all("sort").collect::<Vec<_>>(), ["id:asc", "x"]);
        assert!(query.flag("flag", false) && query.flag("absent", true) && !query.flag("empty", true));
        assert_eq!(query.one("filters[q][EQUALS]"), Some("ü"));
        assert!(matches!(query.required("nope"), Err(Fault::MissingQuery(_))));
        assert!(matches!(query.number("q"), Err(Fault::Conversion(_))));
    }
}
