//! `kv_counter`: a number in the store that grows with every change.

use tfplugin::Context;
use tfplugin::diagnostics::{Diagnostics, Result};
use tfplugin::model::{Attr, Model};
use tfplugin::resource::{
    ApplyError, CreateRequest, DeleteRequest, ReadRequest, Resource, Saved, UpdateRequest,
};

use crate::Client;

/// A number that grows with every change.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct CounterModel {
    /// Key of the number in the store.
    #[attr(required, identity)]
    key: Attr<String>,
    /// How much a change adds.
    #[attr(optional, computed, default = 1)]
    step: Attr<i64>,
    /// The number.
    #[attr(computed)]
    value: Attr<i64>,
}

/// The resource type.
pub(crate) struct Counter;

impl Resource for Counter {
    type Client = Client;
    type Model = CounterModel;

    const NAME: &'static str = "kv_counter";

    async fn create(&self, cx: &Context<Client>, request: CreateRequest<CounterModel>) -> Written {
        Ok(Saved::new(request.planned.count(cx, 0), request.private))
    }

    async fn read(
        &self,
        cx: &Context<Client>,
        request: ReadRequest<CounterModel>,
    ) -> Result<Option<Saved<CounterModel>>> {
        let ReadRequest { mut state, private } = request;
        let number = cx.client.entries().get(state.key()).and_then(|text| text.parse().ok());
        state.value = number.into();
        Ok(number.map(|_: i64| Saved::new(state, private)))
    }

    async fn update(&self, cx: &Context<Client>, request: UpdateRequest<CounterModel>) -> Written {
        let before = request.prior.value.into_known().unwrap_or_default();
        Ok(Saved::new(request.planned.count(cx, before), request.private))
    }

    async fn delete(
        &self,
        cx: &Context<Client>,
        request: DeleteRequest<CounterModel>,
    ) -> Result<Diagnostics> {
        cx.client.entries().remove(request.prior.key());
        Ok(Diagnostics::new())
    }
}

/// What creating and updating give.
type Written = Result<Saved<CounterModel>, ApplyError<CounterModel>>;

impl CounterModel {
    fn key(&self) -> &str {
        self.key.as_str().unwrap_or_default()
    }

    fn count(mut self, cx: &Context<Client>, before: i64) -> Self {
        let value = before + self.step.known().copied().unwrap_or(1);
        cx.client.entries().insert(self.key().to_owned(), value.to_string());
        self.value = Attr::Known(value);
        self
    }
}
