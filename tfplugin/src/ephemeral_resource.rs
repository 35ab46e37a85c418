//! Ephemeral resources: what a provider author implements for each thing that exists only while a run needs it, such as
//! a token.

use std::future::{Future, ready};
use std::time::SystemTime;

use crate::context::Context;
use crate::diagnostics::{Diagnostics, Result};
use crate::model::Model;
use crate::private::Private;

/// A kind of object that hosts open for the length of a plan or an apply and never store.
pub trait EphemeralResource: Send + Sync + 'static {
    /// What the provider's `configure` makes.
    type Client: Send + Sync + 'static;

    /// The configuration and the result.
    type Model: Model;

    /// The full type name, such as `example_token`.
    const NAME: &'static str;

    /// Checks a configuration, which may hold unknown values; pure, quick and without network. Returns warnings.
    fn validate(&self, config: &Self::Model) -> Result<Diagnostics> {
        let _ = config;
        Ok(Diagnostics::new())
    }

    /// Opens the object, in plans as well as in applies. After an error nothing is closed: clean up before giving one.
    fn open(
        &self,
        cx: &Context<Self::Client>,
        config: Self::Model,
    ) -> impl Future<Output = Result<Opened<Self::Model>>> + Send;

    /// Keeps the object alive; called at the time that [`Opened::renew_at`] or [`Renewed::renew_at`] gave.
    fn renew(
        &self,
        cx: &Context<Self::Client>,
        private: Private,
    ) -> impl Future<Output = Result<Renewed>> + Send {
        let _ = cx;
        ready(Ok(Renewed { private, renew_at: None, warnings: Diagnostics::new() }))
    }

    /// Closes the object; one that is already gone is a success. Terraform hands over what `open` remembered, OpenTofu what
    /// the last `renew` did: only what both hold can be relied on. Returns warnings.
    fn close(
        &self,
        cx: &Context<Self::Client>,
        private: Private,
    ) -> impl Future<Output = Result<Diagnostics>> + Send {
        let _ = (cx, private);
        ready(Ok(Diagnostics::new()))
    }
}

/// An object that is open.
#[derive(Clone, Debug)]
pub struct Opened<M> {
    /// The configuration with everything filled in; nothing in it is unknown.
    pub result: M,
    /// What `renew` and `close` will get.
    pub private: Private,
    /// When to renew it; `None` for never.
    pub renew_at: Option<SystemTime>,
    /// Warnings.
    pub warnings: Diagnostics,
}

impl<M> Opened<M> {
    /// An open object that needs no renewal.
    pub fn new(result: M, private: Private) -> Self {
        Self { result, private, renew_at: None, warnings: Diagnostics::new() }
    }
}

/// An object that stays open.
#[derive(Clone, Debug)]
pub struct Renewed {
    /// What the next `renew` will get.
    pub private: Private,
    /// When to renew it again; `None` for never.
    pub renew_at: Option<SystemTime>,
    /// Warnings.
    pub warnings: Diagnostics,
}
