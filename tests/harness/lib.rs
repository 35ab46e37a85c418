//! What the tests of the whole product stand on: real Terraform CLIs, the built binaries and a sandbox per test.
//!
//! ```text
//! for_each_host(|host| {
//!     let server = Server::start();
//!     let workspace = Workspace::new(host).env("KESTRA_URL", server.url());
//!     workspace.file("main.tf", CONFIGURATION);
//!     workspace.init();
//!     workspace.apply_and_settle();
//! });
//! ```

pub mod binaries;
pub mod browser;
pub mod debugged;
pub mod engine;
pub mod flowsmith;
pub mod hosts;
pub mod missing;
pub mod postgres;
pub mod proxy;
pub mod running;
pub mod sandbox;
pub mod shipped;
pub mod terraform;

pub use browser::Browser;
pub use debugged::Debugged;
pub use engine::Engine;
pub use hosts::{any_host, for_each_host, for_each_line, has_identities, is_tofu};
pub use postgres::Postgres;
pub use proxy::{Fault, Proxy};
pub use running::Running;
pub use sandbox::{RELEASES, Server};
pub use shipped::Shipped;
pub use terraform::{Run, Workspace};
