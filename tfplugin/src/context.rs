//! What every handler gets besides its request.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

/// The surroundings of one call.
pub struct Context<C> {
    /// What the provider's `configure` made: usually an API client.
    pub client: Arc<C>,
    /// Cancelled when the user interrupts the run: a handler that waits should give up and report what it has done.
    pub stop: CancellationToken,
}

impl<C> Clone for Context<C> {
    fn clone(&self) -> Self {
        Self { client: Arc::clone(&self.client), stop: self.stop.clone() }
    }
}
