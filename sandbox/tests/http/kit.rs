//! A sandbox and a client for one test.

use reqwest::{Method, RequestBuilder, Response};
use sandbox::{Options, Sandbox};
use serde_json::Value;

pub(crate) struct Kit {
    pub(crate) sandbox: Sandbox,
    client: reqwest::Client,
}

impl Kit {
    pub(crate) async fn start() -> Kit {
        Kit::with(Options::default()).await
    }

    pub(crate) async fn with(options: Options) -> Kit {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Kit { sandbox: Sandbox::start(options).await.unwrap(), client }
    }

    /// A request to a path; one that starts without `/` is below the tenant `main`.
    pub(crate) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let base = self.sandbox.url();
        let url = if path.starts_with('/') {
            format!("{base}{path}")
        } else {
            format!("{base}/api/v1/main/{path}")
        };
        self.client.request(method, url)
    }

    /// Sends a request without a body.
    pub(crate) async fn call(&self, method: &str, path: &str) -> Answer {
        Answer::of(self.request(method, path).send().await.unwrap()).await
    }

    /// Sends a request with a body of a media type.
    pub(crate) async fn send(&self, method: &str, path: &str, media_type: &str, body: &str) -> Answer {
        let request = self.request(method, path).header("content-type", media_type).body(body.to_owned());
        Answer::of(request.send().await.unwrap()).await
    }
}

/// What came back: the status and the body, as JSON where it is.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) async fn of(response: Response) -> Answer {
        let status = response.status().as_u16();
        Answer { status, text: response.text().await.unwrap() }
    }

    /// The JSON body of a 200.
    #[track_caller]
    pub(crate) fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text);
        serde_json::from_str(&self.text).unwrap()
    }

    /// An empty 200.
    #[track_caller]
    pub(crate) fn done(&self) {
        assert_eq!((self.status, self.text.as_str()), (200, ""));
    }

    /// The status and message of a refusal.
    #[track_caller]
    pub(crate) fn refused(&self) -> (u16, String) {
        let body: Value = serde_json::from_str(&self.text).unwrap();
        (self.status, body["message"].as_str().unwrap().to_owned())
    }
}
