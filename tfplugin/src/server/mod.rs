//! What the protocol asks of a provider, without the protocol: every operation takes and returns values and diagnostics,
//! and is written once for all resources.

mod apply;
mod data_source;
mod import;
mod object;
mod plan;
mod read;
mod resource_entry;
mod upgrade;
mod validate;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use tokio_util::sync::CancellationToken;

use crate::context::Context;
use crate::diagnostics::{Diagnostics, Result};
use crate::model::Model;
use crate::provider::{ConfigureRequest, Provider};
use crate::schema::Schema;
use crate::value::{Path, Type, Value};

pub(crate) use apply::ApplyRequest;
pub(crate) use data_source::DataSourceEntry;
pub(crate) use import::ImportTarget;
pub(crate) use plan::ProposedChange;
pub(crate) use read::StoredObject;
pub(crate) use resource_entry::ResourceEntry;

/// A provider at work: its tables, and the state one process keeps between calls.
pub(crate) struct Server<P: Provider> {
    provider: P,
    resources: BTreeMap<&'static str, ResourceEntry<P::Client>>,
    data_sources: BTreeMap<&'static str, DataSourceEntry<P::Client>>,
    config: OnceLock<ProviderEntry>,
    client: RwLock<Option<Arc<P::Client>>>,
    stop: RwLock<CancellationToken>,
}

/// The schema of the provider block and the type of its values.
pub(crate) struct ProviderEntry {
    pub(crate) schema: Schema,
    pub(crate) ty: Type,
}

impl<P: Provider> Server<P> {
    pub(crate) fn new(provider: P) -> Self {
        let resources = provider.resources().iter().map(|r| (r.name(), ResourceEntry::new(*r))).collect();
        let data_sources =
            provider.data_sources().iter().map(|d| (d.name(), DataSourceEntry::new(*d))).collect();
        Self {
            provider,
            resources,
            data_sources,
            config: OnceLock::new(),
            client: RwLock::new(None),
            stop: RwLock::new(CancellationToken::new()),
        }
    }

    pub(crate) fn provider_entry(&self) -> &ProviderEntry {
        self.config.get_or_init(|| {
            let schema = Schema { version: 0, block: P::Config::block() };
            ProviderEntry { ty: schema.block.object_type(), schema }
        })
    }

    pub(crate) fn resources(&self) -> impl Iterator<Item = &ResourceEntry<P::Client>> {
        self.resources.values()
    }

    pub(crate) fn data_sources(&self) -> impl Iterator<Item = &DataSourceEntry<P::Client>> {
        self.data_sources.values()
    }

    pub(crate) fn resource(&self, name: &str) -> Result<&ResourceEntry<P::Client>> {
        self.resources.get(name).ok_or_else(|| unknown_type("resource", name))
    }

    pub(crate) fn data_source(&self, name: &str) -> Result<&DataSourceEntry<P::Client>> {
        self.data_sources.get(name).ok_or_else(|| unknown_type("data source", name))
    }

    pub(crate) fn validate_provider(&self, config: Value) -> Result<Diagnostics> {
        self.provider.validate(&P::Config::from_value(config, &Path::root())?)
    }

    /// A process that serves several walks is configured several times; the last time counts.
    pub(crate) async fn configure(&self, config: Value, host_version: String) -> Result<Diagnostics> {
        let config = P::Config::from_value(config, &Path::root())?;
        let reply = self.provider.configure(ConfigureRequest { config, host_version }).await?;
        *self.client.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(reply.value));
        Ok(reply.warnings)
    }

    pub(crate) fn context(&self) -> Result<Context<P::Client>> {
        let client = self.client.read().unwrap_or_else(PoisonError::into_inner).clone();
        let client = client.ok_or_else(not_configured)?;
        let stop = self.stop.read().unwrap_or_else(PoisonError::into_inner).clone();
        Ok(Context { client, stop })
    }

    /// Stops what is running; later calls run again, as hosts expect.
    pub(crate) fn stop(&self) {
        let mut stop = self.stop.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *stop).cancel();
        drop(stop);
        if let Some(client) = self.client.read().unwrap_or_else(PoisonError::into_inner).as_deref() {
            self.provider.stop(client);
        }
    }
}

fn unknown_type(kind: &str, name: &str) -> Diagnostics {
    Diagnostics::error(
        format!("Unknown {kind} type"),
        format!(
            "This provider has no {kind} {name:?}. The host asked for something the provider's schema does not list: \
             run init again, and if that does not help, report it as a bug in the provider."
        ),
    )
}

fn not_configured() -> Diagnostics {
    Diagnostics::error(
        "Provider is not configured",
        "The host asked for this before it configured the provider, which is a bug in the host; please report it.",
    )
}

#[cfg(test)]
mod tests;
