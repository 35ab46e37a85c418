//! What a provider offers without its model types, so that tables can hold it.

mod action;
mod data_source;
mod ephemeral_resource;
mod function;
mod list_resource;
mod resource;

use std::future::Future;
use std::pin::Pin;

use crate::diagnostics::Result;
use crate::model::Model;
use crate::value::{Path, Value};

pub use action::AnyAction;
pub use data_source::AnyDataSource;
pub use ephemeral_resource::AnyEphemeralResource;
pub use function::AnyFunction;
pub use list_resource::{AnyListResource, ListedObject};
pub use resource::{AnyResource, Applied, Stored};

/// A boxed future of a handler.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

fn model<M: Model>(value: Value) -> Result<M> {
    Ok(M::from_value(value, &Path::root())?)
}
