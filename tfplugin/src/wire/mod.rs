//! The connection to a Terraform or OpenTofu host: handshake, mutual TLS, gRPC services, messages.
//!
//! This is the only module that sees prost, tonic and TLS types; everything behind it speaks the crate's own.

pub(crate) mod proto;
