//! The data sources: one file each, and one row in the table.

mod flow;
mod kv;
mod namespace;
mod server;

use tfplugin::AnyDataSource;

use crate::kestra::Kestra;

/// Every data source of the provider.
pub(crate) static DATA_SOURCES: &[&dyn AnyDataSource<Kestra>] =
    &[&flow::Flow, &kv::Kv, &namespace::Namespace, &server::Server];
