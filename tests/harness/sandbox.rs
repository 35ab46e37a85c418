//! A Kestra-compatible server per test, on a free port, so that tests run at the same time and share nothing.

use client::{Client, Config, Error};
use sandbox::{Options, Release, Sandbox};
use tokio::runtime::{Builder, Runtime};

use crate::engine::prepared;

/// The newest release of each line of Kestra.
pub const RELEASES: [Release; 2] = [Release::V1_3, Release::V2_0];

/// A running sandbox; it stops when the value is dropped.
#[derive(Debug)]
pub struct Server {
    url: String,
    running: Option<(Runtime, Sandbox)>,
}

impl Server {
    /// Starts an open-source sandbox in memory.
    ///
    /// # Panics
    /// No port is free.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with(Options::default())
    }

    /// Starts an open-source sandbox in memory that answers as a release of Kestra.
    ///
    /// # Panics
    /// No port is free.
    #[must_use]
    pub fn start_as(release: Release) -> Self {
        Self::start_with(Options { emulate: release, ..Options::default() })
    }

    /// As [`Server::start_as`], and flows are executed. `None` where Java or Maven is missing, which was said.
    ///
    /// # Panics
    /// No port is free; the engine can't be built.
    #[must_use]
    pub fn start_with_engine(release: Release) -> Option<Self> {
        let engine = Some(prepared(release.line())?.clone());
        Some(Self::start_with(Options { engine, emulate: release, ..Options::default() }))
    }

    /// Starts a sandbox with options of its own.
    ///
    /// # Panics
    /// No port is free, or its data can't be opened.
    #[must_use]
    pub fn start_with(options: Options) -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.expect("threads can be started");
        let sandbox = runtime.block_on(Sandbox::start(options)).unwrap_or_else(|error| panic!("{error}"));
        Self { url: sandbox.url(), running: Some((runtime, sandbox)) }
    }

    /// The server's address, for `KESTRA_URL`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Asks the server itself, or changes something behind Terraform's back.
    ///
    /// # Panics
    /// The server refused.
    #[track_caller]
    pub fn ask<T>(&self, question: impl AsyncFnOnce(Client) -> Result<T, Error>) -> T {
        self.try_ask(question).unwrap_or_else(|error| panic!("{error}"))
    }

    /// As [`Server::ask`], where the refusal is what the test is about.
    ///
    /// # Errors
    /// What the server answered.
    ///
    /// # Panics
    /// Never while the server runs, which is as long as it lives.
    pub fn try_ask<T>(&self, question: impl AsyncFnOnce(Client) -> Result<T, Error>) -> Result<T, Error> {
        let config = Config { url: self.url.clone(), ..Config::default() };
        let client = Client::new(config).expect("the address of a sandbox");
        self.wait_for(question(client))
    }

    /// What the server answers to a GET that the client has no call for; `path` is below `/api/v1/main/`.
    ///
    /// # Panics
    /// The server refused, or answered something else than JSON.
    #[must_use]
    pub fn json(&self, path: &str) -> serde_json::Value {
        let url = format!("{}/api/v1/main/{path}", self.url);
        let answer = self.wait_for(async {
            let http = reqwest::Client::builder().no_proxy().build()?;
            http.get(&url).send().await?.error_for_status()?.json().await
        });
        answer.unwrap_or_else(|error: reqwest::Error| panic!("{url}: {error}"))
    }

    fn wait_for<T>(&self, answer: impl Future<Output = T>) -> T {
        let (runtime, _) = self.running.as_ref().expect("a running sandbox");
        runtime.block_on(answer)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let Some((runtime, sandbox)) = self.running.take() else {
            return;
        };
        let stopped = runtime.block_on(sandbox.stop());
        if !std::thread::panicking() {
            stopped.unwrap_or_else(|error| panic!("the sandbox ended badly: {error}"));
        }
    }
}
