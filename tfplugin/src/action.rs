//! Actions: what a provider author implements for each thing that can be done and leaves no state behind.

use std::future::{Future, ready};

use tokio::sync::mpsc::Sender;

use crate::context::Context;
use crate::diagnostics::{Diagnostics, Result};
use crate::model::Model;

/// Something that hosts do on request or at a step in the life of another object.
pub trait Action: Send + Sync + 'static {
    /// What the provider's `configure` makes.
    type Client: Send + Sync + 'static;

    /// The content of the `config` block.
    type Config: Model;

    /// The full type name, such as `example_restart`.
    const NAME: &'static str;

    /// Checks a configuration, which may hold unknown values; pure, quick and without network. Returns warnings.
    fn validate(&self, config: &Self::Config) -> Result<Diagnostics> {
        let _ = config;
        Ok(Diagnostics::new())
    }

    /// Looks at a planned action, whose configuration may hold unknown values: the place to refuse it. Returns warnings.
    fn plan(
        &self,
        cx: &Context<Self::Client>,
        config: Self::Config,
    ) -> impl Future<Output = Result<Diagnostics>> + Send {
        let _ = (cx, config);
        ready(Ok(Diagnostics::new()))
    }

    /// Does it. Returns warnings.
    fn invoke(
        &self,
        cx: &Context<Self::Client>,
        config: Self::Config,
        progress: Progress,
    ) -> impl Future<Output = Result<Diagnostics>> + Send;
}

/// Tells the user how far an action is, while it runs.
#[derive(Clone, Debug)]
pub struct Progress(Sender<String>);

impl Progress {
    pub(crate) fn new(messages: Sender<String>) -> Self {
        Self(messages)
    }

    /// One line for the user; never a secret.
    pub async fn say(&self, message: impl Into<String>) {
        // Nobody listens any more when the host has cancelled the call; the action goes on.
        let _ = self.0.send(message.into()).await;
    }
}
