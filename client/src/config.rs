//! What a user says about a server: where it is, who is asking, and how patient the client may be. Values are plain;
//! [`crate::Client::new`] checks them and names the attribute that is wrong.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::secret::Secret;

/// The settings of a [`crate::Client`]. The default has no `url`, which is the one field without a default.
#[derive(Clone)]
pub struct Config {
    /// Root of the server, with an optional path prefix: `https://kestra.example.com/kestra`.
    pub url: String,
    /// Tenant of every tenant-scoped call; open-source Kestra knows only `main`.
    pub tenant: String,
    /// Who is asking.
    pub auth: Auth,
    /// Headers put on every request after all others, so that they may override `Authorization`.
    pub extra_headers: BTreeMap<String, Secret>,
    /// Limit of one attempt, from connecting to the last byte of the answer.
    pub timeout: Duration,
    /// Limit for making the connection, TLS included.
    pub connect_timeout: Duration,
    /// When and how often a failed attempt is repeated.
    pub retry: Retry,
    /// Trust in the server and proof of who we are.
    pub tls: Tls,
    /// Value of the `User-Agent` header.
    pub user_agent: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            url: String::new(),
            tenant: "main".to_owned(),
            auth: Auth::None,
            extra_headers: BTreeMap::new(),
            timeout: Duration::from_secs(10),
            connect_timeout: Duration::from_secs(5),
            retry: Retry::default(),
            tls: Tls::default(),
            user_agent: concat!("flowsmith/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

impl fmt::Debug for Config {
    /// A refused `url` may hold `user:password@`, so only what follows it is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("url", &self.url.rsplit('@').next().unwrap_or_default())
            .field("tenant", &self.tenant)
            .field("auth", &self.auth)
            .field("extra_headers", &self.extra_headers)
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("retry", &self.retry)
            .field("tls", &self.tls)
            .field("user_agent", &self.user_agent)
            .finish()
    }
}

/// How the client proves who it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Auth {
    /// No credentials.
    #[default]
    None,
    /// `Authorization: Basic`, the way of open-source Kestra.
    Basic { username: String, password: Secret },
    /// `Authorization: Bearer` with an API token of Kestra Enterprise.
    Bearer(Secret),
    /// The `JWT` cookie of a Kestra Enterprise session.
    JwtCookie(Secret),
}

impl Auth {
    /// Picks the one mode that the four provider attributes describe. Empty texts count as not given.
    ///
    /// # Errors
    /// Two modes at once, or half of a user name and password pair.
    pub fn choose(
        username: Option<String>,
        password: Option<Secret>,
        api_token: Option<Secret>,
        jwt: Option<Secret>,
    ) -> Result<Self, ConfigError> {
        let username = username.filter(|text| !text.is_empty());
        let [password, api_token, jwt] =
            [password, api_token, jwt].map(|secret| secret.filter(|secret| !secret.expose().is_empty()));
        match (username, password, api_token, jwt) {
            (None, None, None, None) => Ok(Self::None),
            (Some(username), Some(password), None, None) => Ok(Self::Basic { username, password }),
            (None, None, Some(token), None) => Ok(Self::Bearer(token)),
            (None, None, None, Some(jwt)) => Ok(Self::JwtCookie(jwt)),
            (_, _, Some(_), Some(_)) => Err(two_modes("jwt", "api_token")),
            (_, _, Some(_), None) => Err(two_modes("api_token", "username and password")),
            (_, _, None, Some(_)) => Err(two_modes("jwt", "username and password")),
            (Some(_), None, None, None) => Err(ConfigError::new("password", "is needed beside `username`")),
            (None, Some(_), None, None) => Err(ConfigError::new("username", "is needed beside `password`")),
        }
    }
}

fn two_modes(attribute: &'static str, other: &str) -> ConfigError {
    ConfigError::new(attribute, format!("cannot be combined with {other}; give one way to authenticate"))
}

/// When a failed attempt is repeated. Waits grow exponentially and are drawn evenly from zero to the current bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retry {
    /// Attempts in all, the first included; 0 counts as 1.
    pub max_attempts: u32,
    /// Bound of the first wait.
    pub base_delay: Duration,
    /// Bound that waits never exceed, unless the server asks for more with `Retry-After`.
    pub max_delay: Duration,
    /// Limit for a whole call: all attempts and waits together.
    pub deadline: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            max_attempts: 4,
            base_delay: Duration::from_millis(200),
            max_delay: Duration::from_secs(5),
            deadline: Duration::from_secs(60),
        }
    }
}

/// TLS settings. The default trusts what the machine trusts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tls {
    /// PEM certificates trusted beside those of the machine.
    pub ca_certificate: Option<String>,
    /// PEM certificate (and chain) shown to the server.
    pub client_certificate: Option<String>,
    /// PEM private key of `client_certificate`.
    pub client_key: Option<Secret>,
    /// Accept any certificate. Only for tests against a throw-away server.
    pub insecure: bool,
}

/// A setting that cannot work, named by the provider attribute that holds it. Never shows a value that may be secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{attribute}` {problem}")]
pub struct ConfigError {
    /// The provider attribute: `url`, `tenant_id`, `extra_headers`, `ca_certificate`, ...
    pub attribute: &'static str,
    /// What is wrong with it and what to do, to be read after the attribute's name.
    pub problem: String,
}

impl ConfigError {
    pub(crate) fn new(attribute: &'static str, problem: impl Into<String>) -> Self {
        Self { attribute, problem: problem.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(parts: [&str; 4]) -> Result<Auth, &'static str> {
        let [username, password, api_token, jwt] = parts;
        let secret = |text: &str| Some(Secret::new(text));
        Auth::choose(Some(username.to_owned()), secret(password), secret(api_token), secret(jwt))
            .map_err(|error| error.attribute)
    }

    #[test]
    fn one_way_to_authenticate() {
        let basic = Auth::Basic { username: "a".into(), password: "b".into() };
        let cases = [
            (["", "", "", ""], Ok(Auth::None)),
            (["a", "b", "", ""], Ok(basic)),
            (["", "", "t", ""], Ok(Auth::Bearer("t".into()))),
            (["", "", "", "j"], Ok(Auth::JwtCookie("j".into()))),
            (["a", "", "", ""], Err("password")),
            (["", "b", "", ""], Err("username")),
            (["a", "b", "t", ""], Err("api_token")),
            (["a", "b", "", "j"], Err("jwt")),
            (["", "", "t", "j"], Err("jwt")),
        ];
        for (parts, expected) in cases {
            assert_eq!(choose(parts), expected, "{parts:?}");
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let config = Config {
            url: "https://user:s3cret@kestra".into(),
            auth: Auth::Basic { username: "a".into(), password: "s3cret".into() },
            extra_headers: BTreeMap::from([("X-Token".to_owned(), Secret::new("s3cret"))]),
            tls: Tls { client_key: Some("s3cret".into()), ..Tls::default() },
            ..Config::default()
        };
        let shown = format!("{config:?}");
        assert!(!shown.contains("s3cret"), "{shown}");
        assert!(shown.contains("X-Token"), "{shown}");
    }
}
