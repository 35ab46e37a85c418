//! Between the protocol's messages and the crate's own types. No logic lives here.

mod diagnostics;
mod schema;
mod value;

pub(super) use diagnostics::{attribute_path, diagnostics};
pub(super) use schema::{identity_schema, schema};
pub(super) use value::{decode, decode_identity, encode, encode_identity};
