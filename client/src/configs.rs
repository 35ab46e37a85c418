//! `/api/v1/configs`: what the server is. Open without credentials, so it also tells a wrong address from wrong
//! credentials.

use reqwest::Method;
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
    /// Major and minor version: `(1, 3)`, `(2, 0)`; None when the text does not start with two numbers.
    pub fn line(&self) -> Option<(u32, u32)> {
        let mut numbers = self.version.split(['.', '-', '+']).map(str::parse);
        Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
    }
}

impl Client {
    /// What the server is. Asked once per client.
    ///
    /// # Errors
    /// As every call; [`Error::Malformed`] means that something other than Kestra answers at `url`.
    pub async fn server(&self) -> Result<Server, Error> {
        self.server_cell()
            .get_or_try_init(|| self.fetch_server())
            .await
            .cloned()
    }

    async fn fetch_server(&self) -> Result<Server, Error> {
        let route = self.instance(Method::GET, &["configs"])?;
        self.send(Call::new(route, Repeat::Harmless)).await?.json()
    }
}
