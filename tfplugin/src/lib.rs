//! Terraform's plugin protocol 6 as a library: what a provider author needs, and nothing about any product.
//!
//! A provider implements [`Provider`](provider::Provider) and one trait per thing it offers; the models those traits speak of
//! derive [`Model`](model::Model). Everything between a host and those traits — the handshake, the mutual TLS, msgpack,
//! proposed states, private state, imports, upgrades — lives here once.
#![warn(missing_docs)]

pub mod value;
mod wire;
