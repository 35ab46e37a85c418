//! What every handler gets besides its request.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::diagnostics::Result;
use crate::model::Model;
use crate::value::{Path, Value};

/// The surroundings of one call.
pub struct Context<C> {
    /// What the provider's `configure` made: usually an API client.
    pub client: Arc<C>,
    /// Cancelled when the user interrupts the run: a handler that waits should give up and report what it has done.
    pub stop: CancellationToken,
    pub(crate) meta: Value,
}

impl<C> Context<C> {
    /// The `provider_meta` block of the module that the call is about, as the model whose block
    /// [`Provider::meta`](crate::Provider::meta) gives; `None` where the module has none.
    pub fn meta<M: Model>(&self) -> Result<Option<M>> {
        if self.meta.is_null() {
            return Ok(None);
        }
        Ok(Some(M::from_value(self.meta.clone(), &Path::root())?))
    }
}

impl<C> Clone for Context<C> {
    fn clone(&self) -> Self {
        Self { client: Arc::clone(&self.client), stop: self.stop.clone(), meta: self.meta.clone() }
    }
}
