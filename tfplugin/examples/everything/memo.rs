//! `everything_memo`: a note that is nothing but text, and that a `moved` block turns into a note.

use tfplugin::diagnostics::{Diagnostics, Result};
use tfplugin::model::{Attr, Model};
use tfplugin::resource::{
    ApplyError, CreateRequest, DeleteRequest, MoveRequest, Moved, ReadRequest, Resource, Saved, UpdateRequest,
};
use tfplugin::{Context, Private};

use crate::provider::Client;

/// A text on a shelf.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct MemoModel {
    /// The shelf that the memo lies on.
    #[attr(required, identity)]
    pub(crate) shelf: Attr<String>,
    /// Its name on the shelf.
    #[attr(required, identity)]
    pub(crate) name: Attr<String>,
    /// What it says.
    #[attr(required)]
    pub(crate) text: Attr<String>,
}

/// The resource type.
pub(crate) struct Memo;

impl Resource for Memo {
    type Client = Client;
    type Model = MemoModel;

    const NAME: &'static str = "everything_memo";

    async fn create(
        &self,
        cx: &Context<Client>,
        request: CreateRequest<MemoModel>,
    ) -> Result<Saved<MemoModel>, ApplyError<MemoModel>> {
        write(cx, request.planned, request.private)
    }

    /// Memos and notes lie on the same shelves: a memo is a note without the rest.
    async fn read(
        &self,
        cx: &Context<Client>,
        request: ReadRequest<MemoModel>,
    ) -> Result<Option<Saved<MemoModel>>> {
        let found = cx.client.store()?.get::<MemoModel>("note", &named(&request.state))?;
        Ok(found.map(|memo| Saved::new(memo, request.private)))
    }

    async fn update(
        &self,
        cx: &Context<Client>,
        request: UpdateRequest<MemoModel>,
    ) -> Result<Saved<MemoModel>, ApplyError<MemoModel>> {
        write(cx, request.planned, request.private)
    }

    async fn delete(&self, cx: &Context<Client>, request: DeleteRequest<MemoModel>) -> Result<Diagnostics> {
        cx.client.store()?.delete("note", &named(&request.prior))?;
        Ok(Diagnostics::new())
    }

    /// Takes over what another provider called a jotting.
    fn move_state(&self, source: MoveRequest) -> Result<Option<Moved<MemoModel>>> {
        if (&*source.provider, &*source.type_name) != ("example/other", "other_jotting") {
            return Ok(None);
        }
        Ok(Some(Moved { state: source.read()?, private: Private::default() }))
    }
}

fn named(memo: &MemoModel) -> [&str; 2] {
    [memo.shelf.as_str().unwrap_or_default(), memo.name.as_str().unwrap_or_default()]
}

fn write(
    cx: &Context<Client>,
    memo: MemoModel,
    private: Private,
) -> Result<Saved<MemoModel>, ApplyError<MemoModel>> {
    cx.client.store()?.put("note", &named(&memo), &memo)?;
    Ok(Saved::new(memo, private))
}
