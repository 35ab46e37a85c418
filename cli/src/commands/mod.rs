//! One module per command of the command line.

pub(crate) mod demo;
pub(crate) mod diff;
pub(crate) mod fmt;
pub(crate) mod graph;
pub(crate) mod sandbox;
pub(crate) mod sandbox_environments;
pub(crate) mod schema;
pub(crate) mod validate;
