//! The notes on a shelf, found one by one.

use tfplugin::diagnostics::{Diagnostic, Diagnostics, Result};
use tfplugin::list_resource::{Found, ListRequest};
use tfplugin::model::{Attr, Model};
use tfplugin::{Context, ListResource, validate};

use crate::note::{Note, NoteModel};
use crate::provider::Client;

/// Which notes are wanted.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct NoteListConfig {
    /// The shelf that they lie on.
    #[attr(required, validate = validate::length(1..))]
    shelf: Attr<String>,
}

/// The list resource.
pub(crate) struct NoteList;

impl ListResource for NoteList {
    type Client = Client;
    type Config = NoteListConfig;
    type Resource = Note;

    async fn list(
        &self,
        cx: &Context<Client>,
        request: ListRequest<NoteListConfig>,
        found: Found<NoteModel>,
    ) -> Result<Diagnostics> {
        let shelf = request.config.shelf.as_str().unwrap_or_default();
        let store = cx.client.store()?;
        for name in store.names("note", shelf)? {
            match store.get::<NoteModel>("note", &[shelf, &name]) {
                Ok(Some(note)) => found.push(&note, &name).await,
                // It was there a moment ago.
                Ok(None) => {}
                Err(error) => {
                    found.warn(Diagnostic::warning("Note is left out", format!("{name}: {error}"))).await;
                }
            }
        }
        Ok(Diagnostics::new())
    }
}
