//! What the protocol asks of a provider, without the protocol: every operation takes and returns values and diagnostics,
//! and is written once for all resources.

mod apply;
mod check;
mod function_entry;
mod generate;
mod identity;
mod import;
mod move_state;
mod object;
mod plan;
mod read;
mod replace;
mod resource_entry;
mod spelling;
mod table;
mod upgrade;
mod validate;
mod walk;

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use tokio_util::sync::CancellationToken;

use crate::any::{AnyAction, AnyDataSource, AnyEphemeralResource, AnyListResource};
use crate::context::Context;
use crate::diagnostics::{Diagnostics, Result};
use crate::model::Model;
use crate::provider::{ConfigureRequest, Provider};
use crate::schema::Schema;
use crate::value::{Path, Type, Value};

pub(crate) use apply::ApplyRequest;
pub(crate) use check::check;
pub(crate) use function_entry::FunctionEntry;
pub(crate) use import::{ImportTarget, split_id};
pub(crate) use plan::ProposedChange;
pub(crate) use read::StoredObject;
pub(crate) use resource_entry::ResourceEntry;
pub(crate) use table::{BlockEntry, Table};

/// A provider at work: its tables, and the state one process keeps between calls.
pub(crate) struct Server<P: Provider> {
    provider: P,
    pub(crate) resources: Table<ResourceEntry<P::Client>>,
    pub(crate) data_sources: Table<BlockEntry<dyn AnyDataSource<P::Client>>>,
    pub(crate) functions: Table<FunctionEntry>,
    pub(crate) ephemeral_resources: Table<BlockEntry<dyn AnyEphemeralResource<P::Client>>>,
    pub(crate) list_resources: Table<BlockEntry<dyn AnyListResource<P::Client>>>,
    pub(crate) actions: Table<BlockEntry<dyn AnyAction<P::Client>>>,
    config: OnceLock<BlockType>,
    meta: OnceLock<Option<BlockType>>,
    client: RwLock<Option<Arc<P::Client>>>,
    stop: RwLock<CancellationToken>,
}

/// A schema and the type of its values.
pub(crate) struct BlockType {
    pub(crate) schema: Schema,
    pub(crate) ty: Type,
}

impl BlockType {
    fn new(block: crate::schema::Block) -> Self {
        Self { ty: block.object_type(), schema: Schema { version: 0, block } }
    }
}

/// A row per item: its name and the entry that `$entry` makes of it.
macro_rules! table {
    ($kind:literal, $items:expr, $item:ident => $entry:expr) => {
        Table::new($kind, $items.iter().map(|$item| ($item.name(), $entry)))
    };
}

impl<P: Provider> Server<P> {
    pub(crate) fn new(provider: P) -> Self {
        Self {
            resources: table!("resource type", provider.resources(), item => ResourceEntry::new(*item)),
            data_sources: table!(
                "data source type", provider.data_sources(), item => BlockEntry::new(*item, |item| item.block())
            ),
            functions: table!("function", provider.functions(), item => FunctionEntry::new(*item)),
            ephemeral_resources: table!(
                "ephemeral resource type", provider.ephemeral_resources(), item => BlockEntry::new(*item, |item| item.block())
            ),
            list_resources: table!(
                "list resource type", provider.list_resources(), item => BlockEntry::new(*item, |item| item.block())
            ),
            actions: table!(
                "action type", provider.actions(), item => BlockEntry::new(*item, |item| item.block())
            ),
            provider,
            config: OnceLock::new(),
            meta: OnceLock::new(),
            client: RwLock::new(None),
            stop: RwLock::new(CancellationToken::new()),
        }
    }

    /// The content of the provider block.
    pub(crate) fn config(&self) -> &BlockType {
        self.config.get_or_init(|| BlockType::new(P::Config::block()))
    }

    /// The content of `provider_meta` blocks, if there are any.
    pub(crate) fn meta(&self) -> Option<&BlockType> {
        self.meta.get_or_init(|| self.provider.meta().map(BlockType::new)).as_ref()
    }

    pub(crate) fn validate_provider(&self, config: Value) -> Result<Diagnostics> {
        check(&self.config().schema.block, config, |config| {
            self.provider.validate(&P::Config::from_value(config, &Path::root())?)
        })
    }

    /// A process that serves several walks is configured several times; the last time counts.
    pub(crate) async fn configure(&self, config: Value, host_version: String) -> Result<Diagnostics> {
        let config = P::Config::from_value(config, &Path::root())?;
        let reply = self.provider.configure(ConfigureRequest { config, host_version }).await?;
        *self.client.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(reply.value));
        Ok(reply.warnings)
    }

    /// The surroundings of a call about something in a module with this `provider_meta` block, or null for none.
    pub(crate) fn context(&self, meta: Value) -> Result<Context<P::Client>> {
        let client = self.client.read().unwrap_or_else(PoisonError::into_inner).clone();
        let client = client.ok_or_else(not_configured)?;
        let stop = self.stop.read().unwrap_or_else(PoisonError::into_inner).clone();
        Ok(Context { client, stop, meta })
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

fn not_configured() -> Diagnostics {
    Diagnostics::error(
        "Provider is not configured",
        "The host asked for this before it configured the provider, which is a bug in the host; please report it.",
    )
}

#[cfg(test)]
mod tests;
