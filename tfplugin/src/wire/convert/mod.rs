//! Between the protocol's messages and the crate's own types. No logic lives here.

mod deferral;
mod diagnostics;
mod schema;
mod value;

pub(super) use deferral::{allows_deferral, deferral};
pub(crate) use diagnostics::attribute_path;
pub(super) use diagnostics::diagnostics;
pub(super) use schema::{function, identity_schema, schema};
pub(crate) use value::{decode, decode_identity, encode, encode_identity};
