//! The provider: its configuration and its tables.

use tfplugin::diagnostics::{DeferredReason, Diagnostics, Result};
use tfplugin::model::{Attr, Model};
use tfplugin::schema::Block;
use tfplugin::{
    AnyAction, AnyDataSource, AnyEphemeralResource, AnyFunction, AnyListResource, AnyResource,
    ConfigureRequest, Provider, Reply,
};

use crate::store::Store;
use crate::{copy, describe, join, memo, note, note_data, note_list, repeat, token};

/// Notes on shelves.
pub(crate) struct Everything;

/// Where the shelves are.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct Config {
    /// The folder of the shelves; made when it is needed.
    #[attr(required)]
    folder: Attr<String>,
}

/// What a module says about itself.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct Meta {
    /// Who wrote the module.
    #[attr(optional)]
    pub(crate) author: Attr<String>,
}

/// What handlers work with: the store, or nothing while the folder is not known.
pub(crate) struct Client(Option<Store>);

impl Client {
    pub(crate) fn store(&self) -> Result<&Store> {
        self.0.as_ref().ok_or_else(|| {
            let detail =
                "The folder is known only after apply. Apply what it depends on first, then run again.";
            Diagnostics::error("Folder is not known yet", detail)
                .deferrable(DeferredReason::ProviderConfigUnknown)
        })
    }
}

impl Provider for Everything {
    type Config = Config;
    type Client = Client;

    const NAME: &'static str = "everything";
    const ADDRESS: &'static str = "example/everything";

    fn resources(&self) -> &'static [&'static dyn AnyResource<Client>] {
        &[&note::Note, &memo::Memo]
    }

    fn data_sources(&self) -> &'static [&'static dyn AnyDataSource<Client>] {
        &[&note_data::NoteData]
    }

    fn functions(&self) -> &'static [&'static dyn AnyFunction] {
        &[&describe::Describe, &join::Join, &repeat::Repeat]
    }

    fn ephemeral_resources(&self) -> &'static [&'static dyn AnyEphemeralResource<Client>] {
        &[&token::Token]
    }

    fn list_resources(&self) -> &'static [&'static dyn AnyListResource<Client>] {
        &[&note_list::NoteList]
    }

    fn actions(&self) -> &'static [&'static dyn AnyAction<Client>] {
        &[&copy::Copy]
    }

    fn meta(&self) -> Option<Block> {
        Some(Meta::block())
    }

    async fn configure(&self, request: ConfigureRequest<Config>) -> Result<Reply<Client>> {
        Ok(Client(request.config.folder.into_known().map(Store::new)).into())
    }
}
