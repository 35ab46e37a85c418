//! A Kestra-compatible server in one process: plans, tests and pull requests talk to it as they talk to Kestra.
//!
//! It answers what Kestra 1.3 or 2.0 answers (status, body, revision rules); where it can't, it says so with 501. A write that was acknowledged survives a crash of the process.
//!
//! [`environment`] carries all of a sandbox's data in one archive. [`run`] serves on a socket the caller owns until the caller's signal; [`Sandbox`] does both on a free port.

mod app;
mod archive;
mod auth;
mod call;
mod changes;
mod connections;
mod coverage;
mod csv;
mod depth;
mod dispatch;
pub mod environment;
mod error;
mod execution;
mod executor;
mod fault;
mod filter;
mod flow;
mod options;
mod origin;
mod page;
mod paging;
mod problem;
mod reply;
mod router;
mod routes;
mod server;
mod store;

pub use coverage::{Endpoint, endpoints};
pub use error::Error;
pub use options::{BasicAuth, Data, Edition, Options, Release};
pub use server::{Sandbox, run};
pub use store::Error as StoreError;
