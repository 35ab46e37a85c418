//! `data.everything_note`: a note that something else manages.

use tfplugin::diagnostics::{Diagnostics, Result};
use tfplugin::model::{Attr, Model};
use tfplugin::{Context, DataSource, Reply, validate};

use crate::note::NoteModel;
use crate::provider::Client;

/// What a note says.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct NoteDataModel {
    /// The shelf that the note lies on.
    #[attr(required, validate = validate::length(1..))]
    shelf: Attr<String>,
    /// Its name on the shelf.
    #[attr(required)]
    name: Attr<String>,
    /// What it says.
    #[attr(computed)]
    text: Attr<String>,
}

/// The data source.
pub(crate) struct NoteData;

impl DataSource for NoteData {
    type Client = Client;
    type Model = NoteDataModel;

    const NAME: &'static str = "everything_note";

    async fn read(&self, cx: &Context<Client>, mut model: NoteDataModel) -> Result<Reply<NoteDataModel>> {
        let name = [&model.shelf, &model.name].map(|part| part.as_str().unwrap_or_default());
        let Some(note) = cx.client.store()?.get::<NoteModel>("note", &name)? else {
            let detail = format!("There is no note {}. Write it first, or correct the name.", name.join("/"));
            return Err(Diagnostics::error("Note not found", detail));
        };
        model.text = note.text;
        Ok(model.into())
    }
}
