//! Calls as they go over the wire: a write that is sent twice would count twice, so nothing is repeated.

use std::time::Duration;

use reqwest::{
    Client, Method, RequestBuilder, Response, StatusCode,
    multipart::{Form, Part},
};
use serde_json::Value;

use super::kind::Kind;

/// A request that is handed to a connection just as it dies may wait without end: seen once in a hundred kills.
const PATIENCE: Duration = Duration::from_secs(20);

/// The server died before it answered.
#[derive(Debug)]
pub(super) struct Died;

/// What a request carries.
pub(super) enum Body {
    Nothing,
    Yaml(String),
    Text(String),
    Json(Value),
    /// One part: its name, its file name and its content.
    File(&'static str, &'static str, Vec<u8>),
}

/// The API of one running sandbox.
#[derive(Clone)]
pub(super) struct Api {
    base: String,
    client: Client,
}

impl Api {
    pub(super) fn new(url: &str) -> Self {
        let client = Client::builder().no_proxy().timeout(PATIENCE).build().expect("a client");
        Self { base: format!("{url}/api/v1/main/"), client }
    }

    /// Writes number `number` of a kind; `Ok` once it is acknowledged.
    pub(super) async fn write(&self, kind: Kind, round: u32, number: u32) -> Result<(), Died> {
        let (method, path, body) = kind.call(round, number);
        let request = with(self.client.request(method, self.url(&path)), body);
        let response = request.send().await.map_err(|_| Died)?;
        let status = response.status();
        let answer = response.text().await.map_err(|_| Died)?;
        assert!(status.is_success(), "{kind:?} {number} of round {round}: {status} {answer}");
        Ok(())
    }

    /// What is there; `None` for a 404.
    pub(super) async fn read(&self, path: &str) -> Option<Vec<u8>> {
        let response: Response = self.client.get(self.url(path)).send().await.expect("an answer");
        if response.status() == StatusCode::NOT_FOUND {
            return None;
        }
        assert!(response.status().is_success(), "{path}: {}", response.status());
        Some(response.bytes().await.expect("a body").into())
    }

    /// The document that is there; `None` for a 404.
    pub(super) async fn find(&self, path: &str) -> Option<Value> {
        self.read(path).await.map(|body| serde_json::from_slice(&body).expect("JSON"))
    }

    /// The document that must be there.
    pub(super) async fn get(&self, path: &str) -> Value {
        self.find(path).await.unwrap_or_else(|| panic!("{path} is not there"))
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

/// A call that writes: below the tenant's prefix.
pub(super) type Write = (Method, String, Body);

fn with(request: RequestBuilder, body: Body) -> RequestBuilder {
    let typed = |text: String, media_type: &str| (text, media_type.to_owned());
    let (text, media_type) = match body {
        Body::Nothing => return request,
        Body::File(name, file_name, content) => {
            let part = Part::bytes(content).file_name(file_name);
            return request.multipart(Form::new().part(name, part));
        }
        Body::Yaml(text) => typed(text, "application/x-yaml"),
        Body::Text(text) => typed(text, "text/plain"),
        Body::Json(value) => typed(value.to_string(), "application/json"),
    };
    request.header("content-type", media_type).body(text)
}
