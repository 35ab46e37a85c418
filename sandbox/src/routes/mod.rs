//! Every route of the sandbox, one file per family of Kestra's API; each parses, applies, encodes.

mod configs;
mod flows;
mod kv;

mod namespace_files;
mod namespaces;
mod secrets;

use crate::{options::Edition, router::Route};

/// The prefix of everything that belongs to a tenant.
const TENANT: &str = "/api/v1/{tenant}";

pub(crate) fn all(edition: Edition) -> Vec<Route> {
    let tenant = [
        flows::routes(),
        kv::routes(),
        namespace_files::routes(),
        namespaces::routes(edition),
        secrets::routes(),
    ];
    let below_tenant = tenant.into_iter().flatten().map(|route| route.below(TENANT));
    configs::routes().into_iter().chain(below_tenant).collect()
}
