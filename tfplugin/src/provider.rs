//! The provider itself: its configuration and the tables of what it offers.

use std::future::Future;

use crate::any::{AnyAction, AnyDataSource, AnyEphemeralResource, AnyFunction, AnyListResource, AnyResource};
use crate::diagnostics::{Diagnostics, Result};
use crate::model::Model;
use crate::reply::Reply;
use crate::schema::Block;

/// What a provider author implements once.
pub trait Provider: Send + Sync + 'static {
    /// The content of the `provider` block.
    type Config: Model;

    /// What [`configure`](Self::configure) makes and every handler gets: usually an API client.
    type Client: Send + Sync + 'static;

    /// The provider's name, as in `terraform-provider-NAME`; the module of its log lines.
    const NAME: &'static str;

    /// The provider's source address, as in `required_providers`: `NAMESPACE/NAME`. Without the host of a registry it
    /// means the same provider to Terraform and to OpenTofu, each of which has a registry of its own.
    const ADDRESS: &'static str;

    /// The crates whose log events are worth reading, beside this one. Those of all others stay silent: their lowest levels
    /// write whole messages, secrets included.
    const CRATES: &'static [&'static str] = &[];

    /// The managed resources.
    fn resources(&self) -> &'static [&'static dyn AnyResource<Self::Client>];

    /// The data sources.
    fn data_sources(&self) -> &'static [&'static dyn AnyDataSource<Self::Client>] {
        &[]
    }

    /// The functions.
    fn functions(&self) -> &'static [&'static dyn AnyFunction] {
        &[]
    }

    /// The ephemeral resources.
    fn ephemeral_resources(&self) -> &'static [&'static dyn AnyEphemeralResource<Self::Client>] {
        &[]
    }

    /// The managed resources whose objects can be listed.
    fn list_resources(&self) -> &'static [&'static dyn AnyListResource<Self::Client>] {
        &[]
    }

    /// The actions.
    fn actions(&self) -> &'static [&'static dyn AnyAction<Self::Client>] {
        &[]
    }

    /// The content of `provider_meta` blocks, if modules may tell the provider something about themselves.
    fn meta(&self) -> Option<Block> {
        None
    }

    /// Checks a configuration, which may hold unknown values; pure, quick and without network. Returns warnings.
    fn validate(&self, config: &Self::Config) -> Result<Diagnostics> {
        let _ = config;
        Ok(Diagnostics::new())
    }

    /// Gets ready to work. During plans the configuration may hold unknown values; that is no reason to fail before a
    /// handler needs them.
    fn configure(
        &self,
        request: ConfigureRequest<Self::Config>,
    ) -> impl Future<Output = Result<Reply<Self::Client>>> + Send;

    /// Called when the user interrupts the run, after the contexts' `stop` was cancelled.
    fn stop(&self, client: &Self::Client) {
        let _ = client;
    }
}

/// A provider block to be put into effect.
#[derive(Clone, Debug)]
pub struct ConfigureRequest<M> {
    /// What the user wrote.
    pub config: M,
    /// What the host says its version is. OpenTofu says a Terraform version: good for a user agent, not for decisions.
    pub host_version: String,
}
