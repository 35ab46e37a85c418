//! A toy provider: things on a shelf in memory.

mod kinds;
mod things;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::Notify;

use self::kinds::{Keys, Label, Lookup, Shout, Stocktaking};
use self::things::{Plain, Thing, Things};
use crate::diagnostics::{DeferredReason, Diagnostics, Result};
use crate::model::{Attr, Model};
use crate::schema::Block;
use crate::testing::Host;
use crate::{
    AnyAction, AnyDataSource, AnyEphemeralResource, AnyFunction, AnyListResource, AnyResource,
    ConfigureRequest, Provider, Reply,
};

/// Where the things are.
#[derive(Default)]
pub(in crate::testing::tests) struct Shelf {
    things: Mutex<BTreeMap<String, Thing>>,
    /// Told when a handler begins to wait.
    pub(in crate::testing::tests) waiting: Notify,
    /// Tells a handler to go on.
    pub(in crate::testing::tests) go_on: Notify,
    /// What was done, in order.
    log: Mutex<Vec<String>>,
    /// The calls of a host that goes through a liar, in order, with what they ask.
    pub(in crate::testing::tests) calls: Mutex<Vec<(&'static str, String)>>,
}

impl Shelf {
    pub(in crate::testing::tests) fn things(&self) -> MutexGuard<'_, BTreeMap<String, Thing>> {
        self.things.lock().unwrap()
    }

    pub(in crate::testing::tests) fn note(&self, event: impl Into<String>) {
        self.log.lock().unwrap().push(event.into());
    }

    /// What was done since somebody last asked.
    pub(in crate::testing::tests) fn log(&self) -> Vec<String> {
        std::mem::take(&mut *self.log.lock().unwrap())
    }

    pub(in crate::testing::tests) fn names(&self) -> Vec<String> {
        self.things().keys().cloned().collect()
    }
}

/// What the provider block knows of the shelf; no name means that it is not known yet.
pub(in crate::testing::tests) struct Client {
    pub(in crate::testing::tests) shelf: Arc<Shelf>,
    known: bool,
}

impl Client {
    fn check(&self) -> Result<()> {
        if self.known {
            return Ok(());
        }
        let error =
            Diagnostics::error("Shelf is not known", "The name of the shelf is known only after apply.");
        Err(error.deferrable(DeferredReason::ProviderConfigUnknown))
    }
}

/// Things on a shelf.
pub(in crate::testing::tests) struct Toy(pub(in crate::testing::tests) Arc<Shelf>);

/// The provider block.
#[derive(Clone, Debug, Default, Model)]
pub(in crate::testing::tests) struct ToyConfig {
    /// Name of the shelf.
    #[attr(required)]
    shelf: Attr<String>,
}

impl Provider for Toy {
    type Config = ToyConfig;
    type Client = Client;

    const NAME: &'static str = "toy";
    const ADDRESS: &'static str = "example/toy";

    fn resources(&self) -> &'static [&'static dyn AnyResource<Client>] {
        &[&Things, &Plain]
    }

    fn data_sources(&self) -> &'static [&'static dyn AnyDataSource<Client>] {
        &[&Lookup]
    }

    fn functions(&self) -> &'static [&'static dyn AnyFunction] {
        &[&Label]
    }

    fn ephemeral_resources(&self) -> &'static [&'static dyn AnyEphemeralResource<Client>] {
        &[&Keys]
    }

    fn list_resources(&self) -> &'static [&'static dyn AnyListResource<Client>] {
        &[&Stocktaking]
    }

    fn actions(&self) -> &'static [&'static dyn AnyAction<Client>] {
        &[&Shout]
    }

    fn meta(&self) -> Option<Block> {
        Some(ModuleMeta::block())
    }

    async fn configure(&self, request: ConfigureRequest<ToyConfig>) -> Result<Reply<Client>> {
        Ok(Client { shelf: Arc::clone(&self.0), known: !request.config.shelf.is_unknown() }.into())
    }
}

/// A host of the toy, configured.
pub(in crate::testing::tests) async fn host() -> (Host, Arc<Shelf>) {
    let shelf = Arc::new(Shelf::default());
    let host = Host::start(Toy(Arc::clone(&shelf))).await.unwrap();
    host.configure(serde_json::json!({"shelf": "top"})).await.unwrap();
    (host, shelf)
}

/// What a module says of itself.
#[derive(Clone, Debug, Default, Model)]
pub(in crate::testing::tests) struct ModuleMeta {
    /// Name of the module.
    #[attr(required)]
    module: Attr<String>,
}
