//! The connection to a Terraform or OpenTofu host: handshake, mutual TLS, gRPC services, messages.
//!
//! This module and [`testing`](crate::testing), which plays the host, are the only ones that see prost and tonic types;
//! everything behind them speaks the crate's own.

mod certificate;
mod client_certificate;
pub(crate) mod convert;
mod debug;
mod environment;
pub(crate) mod fuzz;
mod go_plugin;
mod grpc;
mod handshake;
mod health;
mod hosted;
mod listener;
mod orphan;
pub mod proto;
mod serve;
pub(crate) mod service;
#[cfg(unix)]
mod socket_group;

pub(crate) use crate::logging::Program;
pub(crate) use serve::run;
