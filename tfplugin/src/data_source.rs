//! Data sources: what a provider author implements for each thing that can be looked up.

use std::future::Future;

use crate::context::Context;
use crate::diagnostics::{Diagnostics, Result};
use crate::model::Model;
use crate::reply::Reply;

/// A kind of object that hosts look up.
pub trait DataSource: Send + Sync + 'static {
    /// What the provider's `configure` makes.
    type Client: Send + Sync + 'static;

    /// The query and its answer.
    type Model: Model;

    /// The full type name, such as `example_entry`.
    const NAME: &'static str;

    /// Checks a query, which may hold unknown values; pure, quick and without network. Returns warnings.
    fn validate(&self, config: &Self::Model) -> Result<Diagnostics> {
        let _ = config;
        Ok(Diagnostics::new())
    }

    /// Answers a query that is wholly known. Something that does not exist is an error: a data source has no "gone".
    fn read(
        &self,
        cx: &Context<Self::Client>,
        config: Self::Model,
    ) -> impl Future<Output = Result<Reply<Self::Model>>> + Send;
}
