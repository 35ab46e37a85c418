//! The sandbox over real HTTP: one module per family of routes, each test with a sandbox of its own.

#![allow(clippy::unwrap_used, reason = "an unexpected answer ends the test")]

mod auth;
mod configs;
mod dashboards;
mod documents;
mod durability;
mod emulate;
mod environment;
mod executions;
mod flows;
mod kit;
mod kv;
mod layouts;
mod limits;
mod logs;
mod namespace_files;
mod namespaces;
mod page;
mod plugins;
mod routing;
mod triggers;
