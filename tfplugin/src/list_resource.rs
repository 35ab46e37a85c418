//! List resources: what a provider author implements so that existing objects of a managed resource can be found.

use std::future::Future;

use tokio::sync::mpsc::Sender;

use crate::any::ListedObject;
use crate::context::Context;
use crate::diagnostics::{Diagnostic, Diagnostics, Result};
use crate::model::Model;
use crate::resource::Resource;

/// A way to list the objects of a managed resource that has an identity.
pub trait ListResource: Send + Sync + 'static {
    /// What the provider's `configure` makes.
    type Client: Send + Sync + 'static;

    /// The content of the `config` block: which objects are wanted.
    type Config: Model;

    /// The resource whose objects are listed; the list has its name.
    type Resource: Resource<Client = Self::Client>;

    /// Checks a configuration, which may hold unknown values; pure, quick and without network. Returns warnings.
    fn validate(&self, config: &Self::Config) -> Result<Diagnostics> {
        let _ = config;
        Ok(Diagnostics::new())
    }

    /// Hands over objects one by one, as they are found. The future is dropped as soon as the host has had enough, so that
    /// nothing more is asked of the server. Returns warnings.
    fn list(
        &self,
        cx: &Context<Self::Client>,
        request: ListRequest<Self::Config>,
        found: Found<<Self::Resource as Resource>::Model>,
    ) -> impl Future<Output = Result<Diagnostics>> + Send;
}

/// A list to be made.
#[derive(Clone, Debug)]
pub struct ListRequest<M> {
    /// Which objects are wanted; wholly known.
    pub config: M,
    /// Whether whole objects are wanted, and not only their identities.
    pub include_object: bool,
    /// How many objects the host will take: good for the size of a page. Nobody has to count.
    pub limit: usize,
}

/// Where the objects go.
pub struct Found<M> {
    objects: Sender<ListedObject>,
    model: std::marker::PhantomData<fn(M)>,
}

impl<M: Model> Found<M> {
    pub(crate) fn new(objects: Sender<ListedObject>) -> Self {
        Self { objects, model: std::marker::PhantomData }
    }

    /// An object with the name that users know it by. Its identity has to be there; the rest only if whole objects are
    /// wanted.
    pub async fn push(&self, object: &M, display_name: impl Into<String>) {
        let object = Some(object.to_value());
        let listed =
            ListedObject { object, display_name: display_name.into(), diagnostics: Diagnostics::new() };
        self.send(listed).await;
    }

    /// A warning about something that is left out.
    pub async fn warn(&self, warning: Diagnostic) {
        let (display_name, diagnostics) = (String::new(), warning.into());
        self.send(ListedObject { object: None, display_name, diagnostics }).await;
    }

    async fn send(&self, listed: ListedObject) {
        // A host that has had enough drops the receiver, and with it the future this is called from.
        let _ = self.objects.send(listed).await;
    }
}
