//! The client itself: the server's address, the connection pool, the stop signal and what reads share. Endpoints are
//! grouped like Kestra's documentation groups them; each group is a file and a handle such as [`Client::flows`].

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::Method;
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;

use crate::call::{Answer, Attempts, Call};
use crate::config::{Auth, Config, ConfigError, Retry};
use crate::configs::Server;
use crate::error::Error;
use crate::executions::Executions;
use crate::flows::Flows;
use crate::kv::Kv;
use crate::namespace_files::NamespaceFiles;
use crate::namespaces::Namespaces;
use crate::refresh::Coalescer;
use crate::retry;
use crate::route::{Base, Route};
use crate::secret::Secret;
use crate::transport;

/// A connection to one tenant of one Kestra server. Clones share everything.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

struct Shared {
    base: Base,
    attempts: Attempts,
    retry: Retry,
    /// Replaced by each stop, so that calls made afterwards work.
    stop: Mutex<CancellationToken>,
    server: OnceCell<Server>,
    reads: Reads,
}

/// What reads of the same objects share, for each kind of object.
#[derive(Default)]
pub(crate) struct Reads {
    pub(crate) flows: Coalescer<crate::flows::Flow>,
    pub(crate) kv: Coalescer<crate::kv::Value>,
    pub(crate) files: Coalescer<Arc<[u8]>>,
}

impl Client {
    /// Checks the settings and prepares the connection pool; nothing is sent yet. Takes a few milliseconds where the
    /// machine's certificates have to be read, so make one client and clone it.
    ///
    /// # Errors
    /// The attribute that is wrong, and why.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        let base = Base::new(&config.url, &config.tenant)?;
        let attempts = Attempts {
            http: transport::build(&config)?,
            host: base.host(),
            timeout: config.timeout,
            secrets: credentials(&config),
        };
        let stop = Mutex::new(CancellationToken::new());
        let retry = config.retry;
        Ok(Self(Arc::new(Shared {
            base,
            attempts,
            retry,
            stop,
            server: OnceCell::new(),
            reads: Reads::default(),
        })))
    }

    /// Ends every call in progress with [`Error::Cancelled`]. Later calls work again: Terraform stops operations, not
    /// providers.
    pub fn stop(&self) {
        let mut stop = self.0.stop.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *stop).cancel();
    }

    /// A token that the next [`Client::stop`] cancels, for operations that consist of several calls.
    pub fn stop_token(&self) -> CancellationToken {
        self.0.stop.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Flows.
    pub fn flows(&self) -> Flows<'_> {
        Flows { client: self }
    }

    /// Executions.
    pub fn executions(&self) -> Executions<'_> {
        Executions { client: self }
    }

    /// Keys and values.
    pub fn kv(&self) -> Kv<'_> {
        Kv { client: self }
    }

    /// Files of namespaces.
    pub fn namespace_files(&self) -> NamespaceFiles<'_> {
        NamespaceFiles { client: self }
    }

    /// Namespaces.
    pub fn namespaces(&self) -> Namespaces<'_> {
        Namespaces { client: self }
    }

    pub(crate) fn server_cell(&self) -> &OnceCell<Server> {
        &self.0.server
    }

    pub(crate) fn reads(&self) -> &Reads {
        &self.0.reads
    }

    /// A route below `/api/v1/{tenant}`.
    pub(crate) fn tenant(&self, method: Method, segments: &[&str]) -> Result<Route, Error> {
        self.0.base.tenant(method, segments)
    }

    /// A route below `/api/v1`.
    pub(crate) fn instance(&self, method: Method, segments: &[&str]) -> Result<Route, Error> {
        self.0.base.instance(method, segments)
    }

    /// Sends a call, again if need be, until it is answered, fails for good or is stopped.
    pub(crate) async fn send(&self, call: Call) -> Result<Answer, Error> {
        let stop = self.stop_token();
        let attempts =
            retry::run(&self.0.retry, &call, |number, left| self.0.attempts.attempt(&call, number, left));
        tokio::select! {
            biased;
            () = stop.cancelled() => Err(Error::Cancelled { request: call.route.request() }),
            answer = attempts => answer,
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base", &self.0.base).finish_non_exhaustive()
    }
}

/// The texts that prove who we are.
fn credentials(config: &Config) -> Vec<Secret> {
    let auth = match &config.auth {
        Auth::None => None,
        Auth::Basic { password: secret, .. } | Auth::Bearer(secret) | Auth::JwtCookie(secret) => Some(secret),
    };
    auth.into_iter().chain(config.extra_headers.values()).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::Client;
    use crate::testing::{answer, client, server};

    /// Providers answer each request on a task of its own, so every call must be able to move between threads.
    #[tokio::test]
    async fn calls_work_on_tasks() {
        async fn everything(client: Client) -> usize {
            let (flows, kv, files) = (client.flows(), client.kv(), client.namespace_files());
            let outcomes = [
                flows.current("n", "f", None).await.is_ok(),
                flows.search(&[("filters[q][EQUALS]", "f")]).await.is_ok(),
                kv.current("n", "k", None).await.is_ok(),
                kv.list("n").await.is_ok(),
                files.current("n", "f", None).await.is_ok(),
                client.namespaces().get("n").await.is_ok(),
                client.server().await.is_ok(),
            ];
            outcomes.into_iter().filter(|answered| *answered).count()
        }
        let server = server(vec![answer(404, "")]).await;
        let gone = tokio::spawn(everything(client(server.uri()))).await.unwrap();
        assert_eq!(gone, 3, "the three refreshes find nothing, the other calls fail");
    }
}
