//! Everything that can go wrong with a call, as an enum to match on: callers never compare texts. Each message says
//! which call failed, whose fault it was as far as the client can tell, and quotes the server.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::config::ConfigError;

/// The call an error is about. The query is left out: it may hold values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST`, ...
    pub method: String,
    /// Percent-encoded path, with the tenant.
    pub path: String,
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// One thing the server found wrong with what it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where, in the server's words: `tasks[0].message`, `flow.id`, `yaml`, ... None when it concerns the whole.
    pub path: Option<String>,
    /// What is wrong, in the server's words.
    pub message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{path}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// Why a call has no result. `message` is always the server's text, or the name of the status when it sent none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// 404: no such object.
    #[error("{request}: not found. Kestra says: {message}")]
    NotFound { request: Request, message: String },
    /// The object to create is there already: 409 with type `entity-already-exists` (2.0), 422 on `flow.id` (1.3).
    #[error("{request}: it exists already; import it, or choose another id. Kestra says: {message}")]
    AlreadyExists { request: Request, message: String },
    /// 409 and 423: the object's state does not allow this now.
    #[error("{request}: conflicts with the present state. Kestra says: {message}")]
    Conflict { request: Request, message: String },
    /// 401: credentials are missing or wrong.
    #[error(
        "{request}: the server does not accept the credentials; check how the provider authenticates. Kestra says: {message}"
    )]
    Unauthorized { request: Request, message: String },
    /// 403: the credentials are good but not for this.
    #[error("{request}: these credentials may not do this; ask for the permission. Kestra says: {message}")]
    Forbidden { request: Request, message: String },
    /// 400, 413, 415 and 422: the server refuses what it was sent.
    #[error("{request}: Kestra refuses this ({status}): {}", in_full(message, violations))]
    Invalid { request: Request, status: u16, message: String, violations: Vec<Violation> },
    /// 410: a key whose time to live has passed.
    #[error("{request}: has expired. Kestra says: {message}")]
    Expired { request: Request, message: String },
    /// 429, after all attempts.
    #[error("{request}: too many requests; lower the parallelism or try later. The server says: {message}")]
    RateLimited { request: Request, message: String, retry_after: Option<Duration> },
    /// 405, 501, and 404 for endpoints that open-source Kestra lacks.
    #[error(
        "{request}: this server does not offer the call (its edition or version lacks it). It says: {message}"
    )]
    Unsupported { request: Request, status: u16, message: String },
    /// The server points elsewhere. Not followed: credentials belong to the configured host only.
    #[error(
        "{request}: the server redirects to {location}; set `url` to the address where the API itself answers"
    )]
    Redirected { request: Request, location: String },
    /// No connection was made, so the server has seen nothing.
    #[error(
        "{request}: cannot connect to {host}: {cause}; check `url`, the network, proxies and, for https, `ca_certificate`"
    )]
    Unreachable { request: Request, host: String, cause: String },
    /// The connection broke before the answer was complete. Whether the server acted on the request is unknown.
    #[error("{request}: {host} broke the connection before its answer was complete: {cause}")]
    Interrupted { request: Request, host: String, cause: String },
    /// No answer in time. Whether the server acted on the request is unknown.
    #[error("{request}: {host} gave no answer within {after:?}; raise `timeout` if the server is slow")]
    Timeout { request: Request, host: String, after: Duration },
    /// [`crate::Client::stop`] was called.
    #[error("{request}: stopped on request")]
    Cancelled { request: Request },
    /// The answer is longer than the client is willing to hold.
    #[error("{request}: the answer is longer than {limit} bytes")]
    TooLarge { request: Request, limit: u64 },
    /// A successful answer that is not what the API promises: a proxy's page, for instance.
    #[error("{request}: cannot read the answer: {problem}; check that `url` is Kestra's own address")]
    Malformed { request: Request, problem: String },
    /// Any other status. `message` is bounded.
    #[error("{request}: unexpected status {status}. The server says: {message}")]
    Unexpected { request: Request, status: u16, message: String },
    /// An argument that no request can carry. The request was not sent.
    #[error("{argument}: {problem}")]
    Argument { argument: &'static str, problem: String },
    /// The client's own settings are wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
}

impl Error {
    /// Whether the object is not on the server (any more): missing or expired.
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::NotFound { .. } | Self::Expired { .. })
    }

    /// Whether the server may have acted although there is no answer that says so. After such a write, read before
    /// deciding what the state is.
    pub fn leaves_outcome_unknown(&self) -> bool {
        match self {
            Self::Interrupted { .. } | Self::Timeout { .. } | Self::Cancelled { .. } => true,
            Self::TooLarge { .. } | Self::Malformed { .. } => true,
            Self::Unexpected { status, .. } => *status >= 500,
            _ => false,
        }
    }

    /// Of a creation: Kestra 1.3 reports an object that exists as a violation on `id`, such as `flow.id`; violations of
    /// the id's own rules are on `id` alone. Builds of 2.0 from before its new error format answer 409 without a type.
    pub(crate) fn on_creation(self, id: &str) -> Self {
        match self {
            Self::Invalid { request, status: 422, message, violations }
                if violations.iter().any(|found| found.path.as_deref() == Some(id)) =>
            {
                Self::AlreadyExists { request, message }
            }
            Self::Conflict { request, message } => Self::AlreadyExists { request, message },
            other => other,
        }
    }
}

/// The server's text with the violations that it does not spell out: 1.3 repeats them in its message, 2.0 does not.
fn in_full(message: &str, violations: &[Violation]) -> String {
    let unsaid = violations.iter().filter(|violation| !message.contains(&violation.message));
    unsaid.fold(message.to_owned(), |text, violation| format!("{text}\n- {violation}"))
}

/// The innermost cause: the part of an error chain that tells a user something ("Connection refused").
pub(crate) fn deepest(error: &dyn StdError) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_violation_is_told_once() {
        let violation = |path: Option<&str>, message: &str| Violation {
            path: path.map(str::to_owned),
            message: message.into(),
        };
        let cases = [
            ("no", vec![], "no"),
            (
                "tasks: must not be empty",
                vec![violation(Some("tasks"), "must not be empty")],
                "tasks: must not be empty",
            ),
            (
                "Validation failed",
                vec![violation(Some("tasks[a].type"), "must not be null"), violation(None, "too long")],
                "Validation failed\n- tasks[a].type: must not be null\n- too long",
            ),
        ];
        for (message, violations, expected) in cases {
            assert_eq!(in_full(message, &violations), expected);
        }
    }
}
