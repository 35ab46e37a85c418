//! `/api/v1/configs`: what the server is. Open without credentials, so it also tells a wrong address from wrong
//! credentials.

use reqwest::Method;
use schema::{KestraLine, UnknownLine};
use serde::Deserialize;

use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::retry::Repeat;

/// What a server says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Server {
    /// `1.3.34`, `2.0.0-SNAPSHOT`, ...
    pub version: String,
    /// Which features there are. A server that does not say counts as open source.
    #[serde(default)]
    pub edition: Edition,
    /// Identity of the installation.
    #[serde(default)]
    pub uuid: Option<String>,
    /// What only flowsmith's sandbox says.
    #[serde(default)]
    sandbox: Option<Sandbox>,
}

/// What a sandbox says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
struct Sandbox {
    /// Whether it has an engine; without one executions stay `CREATED`.
    executes: bool,
}

/// Kestra's two editions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Edition {
    /// Enterprise.
    #[serde(rename = "EE")]
    Enterprise,
    /// Open source.
    #[default]
    #[serde(rename = "OSS", other)]
    OpenSource,
}

impl Server {
    /// The release line, which decides the flow language.
    ///
    /// # Errors
    /// A version of no supported line.
    pub fn line(&self) -> Result<KestraLine, UnknownLine> {
        self.version.parse()
    }

    /// Whether executions that are started there are executed.
    #[must_use]
    pub fn executes(&self) -> bool {
        self.sandbox.is_none_or(|sandbox| sandbox.executes)
    }

    /// Whether flows may have fixtures there instead of tasks: only the engine of a sandbox has any.
    #[must_use]
    pub fn has_fixtures(&self) -> bool {
        self.sandbox.is_some_and(|sandbox| sandbox.executes)
    }
}

impl Client {
    /// What the server is. Asked once per client.
    ///
    /// # Errors
    /// As every call; [`Error::Malformed`] means that something other than Kestra answers at `url`.
    pub async fn server(&self) -> Result<Server, Error> {
        self.server_cell().get_or_try_init(|| self.fetch_server()).await.cloned()
    }

    async fn fetch_server(&self) -> Result<Server, Error> {
        let route = self.instance(Method::GET, &["configs"])?;
        self.send(Call::new(route, Repeat::Harmless)).await?.json()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{answer, asked, client, server};

    #[tokio::test]
    async fn the_server_is_asked_once() {
        let body = r#"{"uuid":"u-1","version":"1.3.34","edition":"OSS","preview":{"initial":100},"url":""}"#;
        let server = server(vec![answer(200, body)]).await;
        let client = client(server.uri());
        let expected = Server {
            version: "1.3.34".into(),
            edition: Edition::OpenSource,
            uuid: Some("u-1".into()),
            sandbox: None,
        };
        assert_eq!(client.server().await.unwrap(), expected);
        assert_eq!(client.clone().server().await.unwrap(), expected);
        assert_eq!(asked(&server).await, ["GET /api/v1/configs"]);
    }

    #[tokio::test]
    async fn a_failure_is_not_remembered() {
        let server =
            server(vec![answer(500, ""), answer(200, r#"{"version":"2.0.0","edition":"EE"}"#)]).await;
        let client = client(server.uri());
        assert!(matches!(client.server().await, Err(Error::Unexpected { status: 500, .. })));
        assert_eq!(client.server().await.unwrap().edition, Edition::Enterprise);
    }

    #[test]
    fn lines_of_versions() {
        let cases = [
            ("1.3.34", Some(KestraLine::V1_3)),
            ("2.0.0-SNAPSHOT", Some(KestraLine::V2_0)),
            ("develop", None),
        ];
        for (version, expected) in cases {
            let server =
                Server { version: version.into(), edition: Edition::default(), uuid: None, sandbox: None };
            assert_eq!(server.line().ok(), expected, "{version}");
        }
    }

    #[test]
    fn a_sandbox_says_whether_it_executes() {
        for (said, executes, has_fixtures) in [
            ("", true, false),
            (r#","sandbox":{"executes":true}"#, true, true),
            (r#","sandbox":{"executes":false}"#, false, false),
        ] {
            let server: Server = serde_json::from_str(&format!(r#"{{"version":"2.0.0"{said}}}"#)).unwrap();
            assert_eq!((server.executes(), server.has_fixtures()), (executes, has_fixtures), "{said}");
        }
    }

    #[test]
    fn editions_the_client_does_not_know_count_as_open_source() {
        for (text, expected) in
            [("EE", Edition::Enterprise), ("OSS", Edition::OpenSource), ("X", Edition::OpenSource)]
        {
            assert_eq!(serde_json::from_value::<Edition>(text.into()).unwrap(), expected);
        }
    }
}
