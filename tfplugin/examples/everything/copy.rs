//! `everything_copy`: copies the notes of one shelf to another, and tells how far it is.

use tfplugin::diagnostics::{Diagnostic, Diagnostics, Result};
use tfplugin::model::{Attr, Model};
use tfplugin::{Action, Context, Progress, validate};

use crate::note::NoteModel;
use crate::provider::Client;

/// From where to where.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct CopyConfig {
    /// The shelf with the notes.
    #[attr(required, validate = validate::length(1..))]
    from: Attr<String>,
    /// The shelf for the copies.
    #[attr(required, validate = validate::length(1..))]
    to: Attr<String>,
}

/// The action.
pub(crate) struct Copy;

impl Action for Copy {
    type Client = Client;
    type Config = CopyConfig;

    const NAME: &'static str = "everything_copy";

    async fn plan(&self, cx: &Context<Client>, config: CopyConfig) -> Result<Diagnostics> {
        cx.client.store()?;
        let onto_itself = config.from.known().is_some() && config.from == config.to;
        let refusal = "`from` and `to` are the same shelf.";
        if onto_itself { Err(Diagnostics::error("Nothing to copy", refusal)) } else { Ok(Diagnostics::new()) }
    }

    async fn invoke(
        &self,
        cx: &Context<Client>,
        config: CopyConfig,
        progress: Progress,
    ) -> Result<Diagnostics> {
        let [from, to] = [&config.from, &config.to].map(|shelf| shelf.as_str().unwrap_or_default());
        let store = cx.client.store()?;
        let names = store.names("note", from)?;
        for name in &names {
            if let Some(note) = store.get::<NoteModel>("note", &[from, name])? {
                store.put("note", &[to, name], &NoteModel { shelf: Attr::from(to), ..note })?;
                progress.say(format!("copied {name}")).await;
            }
        }
        let nothing = Diagnostic::warning("Shelf is empty", format!("There is nothing on the shelf {from}."));
        Ok(names.is_empty().then_some(nothing).into_iter().collect())
    }
}
