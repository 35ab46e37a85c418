//! One call to the API: what is sent, how one attempt at it goes, and the answer. Bodies, headers and queries stay out
//! of logs and errors, because keys of the KV store are secrets often enough.

use std::error::Error as StdError;
use std::io;
use std::time::{Duration, SystemTime};

use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use reqwest::multipart::{Form, Part};
use reqwest::{RequestBuilder, Response, Url};
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use crate::error::{Error, Request, deepest};
use crate::problem::Problem;
use crate::retry::{Failure, Fate, Repeat, retry_after};
use crate::route::Route;
use crate::secret::Secret;

/// The longest answer the client holds. Kestra's longest, a namespace of a thousand large flows, stay far below.
pub(crate) const ANSWER_LIMIT: u64 = 64 * 1024 * 1024;

/// What a call carries.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    None,
    /// A flow, as `application/x-yaml`.
    Yaml(String),
    Json(serde_json::Value),
    /// A value that must not be shown, as `text/plain`.
    Secret(Secret),
    /// A file, as the multipart part `fileContent`.
    File(Vec<u8>),
    /// Texts by name, each as a multipart part.
    Form(Vec<(String, String)>),
}

/// A request to be sent, once or more.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) route: Route,
    pub(crate) repeat: Repeat,
    pub(crate) body: Body,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
}

impl Call {
    pub(crate) fn new(route: Route, repeat: Repeat) -> Self {
        Self { route, repeat, body: Body::None, headers: Vec::new() }
    }

    pub(crate) fn body(self, body: Body) -> Self {
        Self { body, ..self }
    }

    fn fill(&self, request: RequestBuilder) -> RequestBuilder {
        let request = self.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        match &self.body {
            Body::None => request,
            Body::Yaml(text) => request.header(CONTENT_TYPE, "application/x-yaml").body(text.clone()),
            Body::Json(value) => request.json(value),
            Body::Secret(text) => request.header(CONTENT_TYPE, "text/plain").body(text.expose().to_owned()),
            // The fixed file name matters: Kestra unpacks a part whose name ends in `.zip`.
            Body::File(bytes) => {
                let part = Part::bytes(bytes.clone()).file_name("fileContent");
                request.multipart(Form::new().part("fileContent", part))
            }
            Body::Form(texts) => {
                let texts = texts.iter().cloned();
                request.multipart(texts.fold(Form::new(), |form, (name, text)| form.text(name, text)))
            }
        }
    }

    /// Texts that no error may repeat, beside the client's credentials.
    fn secrets(&self) -> Vec<Secret> {
        let Body::Secret(text) = &self.body else {
            return Vec::new();
        };
        let unquoted = text.expose().trim().trim_matches('"');
        vec![text.clone(), Secret::new(unquoted)]
    }
}

/// A complete, successful answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) body: Vec<u8>,
    content_type: String,
    request: Request,
}

impl Answer {
    /// The answer to a deletion that had been done already.
    pub(crate) fn empty(request: Request) -> Self {
        Self { body: Vec::new(), content_type: String::new(), request }
    }

    /// Reads the body. Errors give the place but not the text: it may hold a secret.
    pub(crate) fn json<T: DeserializeOwned>(self) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|error| {
            let kind = if error.is_data() { "has not the expected members" } else { "is not JSON" };
            let (line, column) = (error.line(), error.column());
            let content_type = self.content_type;
            let problem = format!("it {kind} (line {line}, column {column}, content type `{content_type}`)");
            Error::Malformed { request: self.request, problem }
        })
    }
}

/// What every attempt of a client shares.
#[derive(Debug)]
pub(crate) struct Attempts {
    pub(crate) http: reqwest::Client,
    /// `host:port`, for messages.
    pub(crate) host: String,
    /// Limit of one attempt.
    pub(crate) timeout: Duration,
    /// Credentials, which no error may repeat.
    pub(crate) secrets: Vec<Secret>,
}

impl Attempts {
    /// Sends the call once and reads the whole answer.
    pub(crate) async fn attempt(&self, call: &Call, number: u32, left: Duration) -> Result<Answer, Failure> {
        let started = Instant::now();
        let limit = self.timeout.min(left);
        let request = self.http.request(call.route.method.clone(), call.route.url.clone()).timeout(limit);
        let response = call.fill(request).send().await;
        let status = response.as_ref().map(|response| response.status().as_u16()).ok();
        let outcome = match response {
            Ok(response) => self.answer(call, response, limit).await,
            Err(error) => Err(self.broken(call, error, limit)),
        };
        let (method, path) = (&call.route.method, call.route.url.path());
        let ms = started.elapsed().as_millis() as u64;
        tracing::debug!(%method, %path, status, attempt = number, ms, "request");
        outcome
    }

    async fn answer(&self, call: &Call, response: Response, limit: Duration) -> Result<Answer, Failure> {
        let request = call.route.request();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = match read(response, ANSWER_LIMIT).await {
            Ok(Some(body)) => body,
            Ok(None) => {
                return Err(standing(Error::TooLarge { request, limit: ANSWER_LIMIT }));
            }
            Err(error) => return Err(self.broken(call, error, limit)),
        };
        if status.is_success() {
            let content_type =
                headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
            return Ok(Answer { body, content_type: content_type.to_owned(), request });
        }
        if let Some(location) = headers.get(LOCATION).filter(|_| status.is_redirection()) {
            let location = place(&call.route.url, location);
            return Err(standing(Error::Redirected { request, location }));
        }
        let retry_after = retry_after(&headers, SystemTime::now());
        let problem = Problem::read(status, &body).redact(&self.secrets).redact(&call.secrets());
        let error = problem.into_error(request, status, retry_after);
        Err(Failure { error, fate: Fate::of(status), retry_after })
    }

    /// Why there is no complete answer.
    fn broken(&self, call: &Call, error: reqwest::Error, limit: Duration) -> Failure {
        let (request, host) = (call.route.request(), self.host.clone());
        let error = error.without_url();
        let cause = deepest(&error);
        if error.is_connect() {
            let fate = if is_tls_fault(&error) { Fate::Final } else { Fate::NeverSent };
            return Failure { error: Error::Unreachable { request, host, cause }, fate, retry_after: None };
        }
        if error.is_timeout() {
            return standing(Error::Timeout { request, host, after: limit });
        }
        Failure { error: Error::Interrupted { request, host, cause }, fate: Fate::Lost, retry_after: None }
    }
}

fn standing(error: Error) -> Failure {
    Failure { error, fate: Fate::Final, retry_after: None }
}

/// Reads the body, decompressed; None when it is longer than `limit`.
async fn read(mut response: Response, limit: u64) -> Result<Option<Vec<u8>>, reqwest::Error> {
    if response.content_length().is_some_and(|length| length > limit) {
        return Ok(None);
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() as u64 + chunk.len() as u64 > limit {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body))
}

/// Where a redirect points, without the query, which often carries session state.
fn place(from: &Url, location: &HeaderValue) -> String {
    let target = location.to_str().ok().and_then(|text| from.join(text).ok());
    target.map_or_else(
        || "an address that is not a URL".to_owned(),
        |target| format!("{}{}", target.origin().ascii_serialization(), target.path()),
    )
}

/// A handshake that failed over certificates fails the same way next time. The TLS stack reports it as invalid data,
/// wrapped in further I/O errors, whose `source` skips what they wrap.
fn is_tls_fault(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = cause {
        cause = match error.downcast_ref::<io::Error>() {
            Some(io) if io.kind() == io::ErrorKind::InvalidData => return true,
            Some(io) => io.get_ref().map(|wrapped| wrapped as _),
            None => error.source(),
        };
    }
    false
}

#[cfg(test)]
mod tests;
