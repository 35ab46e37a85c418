//! `kv_entry`: a key with its value.

use tfplugin::diagnostics::{Diagnostics, Result};
use tfplugin::model::{Attr, Model};
use tfplugin::resource::{
    ApplyError, CreateRequest, DeleteRequest, ReadRequest, Resource, Saved, UpdateRequest,
};
use tfplugin::{Context, Private};

use crate::Client;

/// A key with its value.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct EntryModel {
    /// The key; another key is another entry.
    #[attr(required, identity)]
    key: Attr<String>,
    /// What the entry holds.
    #[attr(required)]
    value: Attr<String>,
}

/// The resource type.
pub(crate) struct Entry;

impl Resource for Entry {
    type Client = Client;
    type Model = EntryModel;

    const NAME: &'static str = "kv_entry";

    async fn create(&self, cx: &Context<Client>, request: CreateRequest<EntryModel>) -> Written {
        put(cx, request.planned, request.private)
    }

    async fn read(
        &self,
        cx: &Context<Client>,
        request: ReadRequest<EntryModel>,
    ) -> Result<Option<Saved<EntryModel>>> {
        let ReadRequest { mut state, private } = request;
        let found = cx.client.entries().get(key(&state)).cloned();
        Ok(found.map(|value| {
            state.value = Attr::Known(value);
            Saved::new(state, private)
        }))
    }

    async fn update(&self, cx: &Context<Client>, request: UpdateRequest<EntryModel>) -> Written {
        put(cx, request.planned, request.private)
    }

    async fn delete(&self, cx: &Context<Client>, request: DeleteRequest<EntryModel>) -> Result<Diagnostics> {
        cx.client.entries().remove(key(&request.prior));
        Ok(Diagnostics::new())
    }
}

/// What creating and updating give.
type Written = Result<Saved<EntryModel>, ApplyError<EntryModel>>;

fn put(cx: &Context<Client>, entry: EntryModel, private: Private) -> Written {
    let value = entry.value.as_str().unwrap_or_default().to_owned();
    cx.client.entries().insert(key(&entry).to_owned(), value);
    Ok(Saved::new(entry, private))
}

fn key(entry: &EntryModel) -> &str {
    entry.key.as_str().unwrap_or_default()
}
