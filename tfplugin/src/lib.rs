//! What a provider author needs of Terraform's plugin protocol, and nothing about any product.
//!
#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod action;
mod any;
pub mod arguments;
mod attr;
mod block_field;
mod context;
mod data_source;
pub mod diagnostics;
pub mod docs;
pub mod ephemeral_resource;
mod field;
pub mod function;
#[doc(hidden)]
pub mod fuzz;
pub mod list_resource;
mod logging;
mod markdown;
pub mod model;
mod offer;
mod private;
mod provider;
mod reply;
pub mod resource;
pub mod schema;
mod serve;
mod server;
pub mod testing;
pub mod timeouts;
pub mod validate;
pub mod value;
#[doc(hidden)]
pub mod wire;

/// The derive macro names this crate from outside, also inside of it.
extern crate self as tfplugin;

pub use action::{Action, Progress};
pub use any::{
    AnyAction, AnyDataSource, AnyEphemeralResource, AnyFunction, AnyListResource, AnyResource, Applied,
    ListedObject, Pending, Stored,
};
pub use arguments::Arguments;
pub use context::Context;
pub use data_source::DataSource;
pub use ephemeral_resource::EphemeralResource;
pub use function::{Function, FunctionError};
pub use list_resource::ListResource;
pub use private::Private;
pub use provider::{ConfigureRequest, Provider};
pub use reply::Reply;
pub use resource::Resource;
pub use serve::serve;
