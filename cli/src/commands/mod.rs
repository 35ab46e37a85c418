//! One module per command of the command line.

pub(crate) mod demo;
pub(crate) mod sandbox;
pub(crate) mod validate;
