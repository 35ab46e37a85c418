//! Kestra's HTTP API, typed: one method per endpoint, for 1.3 and 2.0. It repeats what is safe to repeat, turns both
//! error formats into one enum, keeps secrets to itself and lets many reads share one request.

mod call;
mod client;
mod config;
mod configs;
mod dependencies;
mod error;
mod executions;
mod flows;
mod kv;
mod namespace_files;
mod namespaces;
mod page;
mod plugins;
mod problem;
pub mod refresh;
mod retry;
mod route;
mod secret;
#[cfg(test)]
mod testing;
mod transport;

pub use client::Client;
pub use config::{Auth, Config, ConfigError, Retry, Tls};
pub use configs::{Edition, Server};
pub use error::{Error, Request, Violation};
pub use executions::{Execution, Executions, Start, TaskRun};
pub use flows::{Flow, FlowSummary, Flows, Label, Validation};
pub use kv::{Entry, Kv, PutOptions, Value};
pub use namespace_files::{FileAttributes, FileType, NamespaceFiles};
pub use namespaces::{AllowedNamespace, Namespace, Namespaces};
pub use refresh::{Read, Stamp};
pub use secret::Secret;
