//! Between the protocol's messages and the crate's own types. No logic lives here.

mod deferral;
mod diagnostics;
mod schema;
mod value;

pub(super) use deferral::{allows_deferral, deferral};
pub(super) use diagnostics::{attribute_path, diagnostics};
pub(super) use schema::{function, identity_schema, schema};
pub(super) use value::{decode, decode_identity, encode, encode_identity};
