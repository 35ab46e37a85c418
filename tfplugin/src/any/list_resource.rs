//! List resources without their model types.

use tokio::sync::mpsc::Sender;

use super::{Pending, model};
use crate::context::Context;
use crate::diagnostics::{Diagnostics, Result};
use crate::list_resource::{Found, ListRequest, ListResource};
use crate::model::Model;
use crate::resource::Resource;
use crate::schema::Block;
use crate::value::Value;

/// Any [`ListResource`] whose client is `C`; implemented for all of them.
pub trait AnyListResource<C>: Send + Sync {
    /// The type name of the resource that is listed.
    fn name(&self) -> &'static str;
    /// The schema of the `config` block.
    fn block(&self) -> Block;
    /// See [`ListResource::validate`].
    fn validate(&self, config: Value) -> Result<Diagnostics>;
    /// See [`ListResource::list`].
    fn list<'a>(
        &'a self,
        cx: &'a Context<C>,
        request: ListRequest<Value>,
        found: Sender<ListedObject>,
    ) -> Pending<'a, Result<Diagnostics>>;
}

/// An object of a list, or a remark about one that is not in it.
#[derive(Clone, Debug)]
pub struct ListedObject {
    /// The object, if it is in the list.
    pub object: Option<Value>,
    /// The name that users know it by.
    pub display_name: String,
    /// Remarks.
    pub diagnostics: Diagnostics,
}

impl<L: ListResource> AnyListResource<L::Client> for L {
    fn name(&self) -> &'static str {
        L::Resource::NAME
    }

    fn block(&self) -> Block {
        L::Config::block()
    }

    fn validate(&self, config: Value) -> Result<Diagnostics> {
        ListResource::validate(self, &model(config)?)
    }

    fn list<'a>(
        &'a self,
        cx: &'a Context<L::Client>,
        request: ListRequest<Value>,
        found: Sender<ListedObject>,
    ) -> Pending<'a, Result<Diagnostics>> {
        Box::pin(async move {
            let ListRequest { config, include_object, limit } = request;
            let request = ListRequest { config: model(config)?, include_object, limit };
            ListResource::list(self, cx, request, Found::new(found)).await
        })
    }
}
